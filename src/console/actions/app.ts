/** What works on every screen. */
import { lineOf } from '../../terminal/line.ts';
import type { Action } from '../state/action.ts';
import { flash, type State, still } from '../state/model.ts';
import { backTo, topScreen } from '../state/stack.ts';

const everywhere = ['everywhere'] as const;

export const appActions: readonly Action[] = [
  {
    id: 'help',
    ofRows: true,
    keys: ['?'],
    title: 'help',
    help: 'Lists every action of this screen. A key runs its action, enter runs the chosen one; / searches, ? closes.',
    scope: everywhere,
    command: 'help',
    footer: 10,
    run: (state) =>
      still({
        ...state,
        overlay: { kind: 'help', line: lineOf(''), searching: false, cursor: null },
      }),
  },
  {
    id: 'palette',
    ofRows: true,
    keys: [':'],
    title: 'command',
    help: 'Runs a command by its name, with completion.',
    scope: everywhere,
    run: (state) =>
      still({ ...state, overlay: { kind: 'palette', line: lineOf(''), cursor: null } }),
  },
  {
    id: 'refresh',
    ofRows: true,
    keys: ['ctrl-r'],
    title: 'refresh',
    help: 'Reads everything again now.',
    scope: everywhere,
    command: 'refresh',
    live: true,
    run: (state) => [state, [{ type: 'refresh' }]],
  },
  {
    id: 'pause',
    ofRows: true,
    keys: ['p'],
    title: 'pause refresh',
    help: 'Stops reading the server by itself, or goes on. ctrl-r still reads once, and what you write is read again.',
    scope: everywhere,
    command: 'pause',
    live: true,
    run: (state) => {
      const pace = { ...state.pace, paused: !state.pace.paused };
      return [{ ...state, pace }, [{ type: 'pace', pace }]];
    },
  },
  {
    id: 'redraw',
    ofRows: true,
    keys: ['ctrl-l'],
    title: 'redraw',
    help: 'Draws the screen again, after another program wrote to it.',
    scope: everywhere,
    run: (state) => [state, [{ type: 'redraw' }]],
  },
  {
    id: 'suspend',
    ofRows: true,
    keys: ['ctrl-z'],
    title: 'suspend',
    help: 'Returns to the shell; fg comes back. In an editor it undoes the last typing (alt-e does it again).',
    scope: everywhere,
    run: (state) => [state, [{ type: 'suspend' }]],
  },
  {
    id: 'quit',
    ofRows: true,
    keys: ['ctrl-c'],
    title: 'quit',
    help: 'Leaves the console.',
    scope: everywhere,
    command: 'quit',
    run: (state) => [state, [{ type: 'quit' }]],
  },
  {
    id: 'app.save-quit',
    ofRows: true,
    keys: [],
    title: 'save and quit, as in vi',
    help: 'Quits if there is nothing to write; otherwise says how to write it.',
    scope: everywhere,
    command: 'save-quit',
    run: (state) => (waits(state) ? still(howToWrite(state)) : [state, [{ type: 'quit' }]]),
  },
  {
    id: 'app.write',
    ofRows: true,
    keys: [],
    title: 'save, as in vi',
    help: 'Says how to write the pending changes: enter writes a plan.',
    scope: everywhere,
    command: 'write',
    run: (state) => still(howToWrite(state)),
  },
  {
    id: 'jobs.all',
    ofRows: true,
    keys: [],
    title: 'back to the jobs',
    help: 'Goes back to the list of jobs.',
    scope: everywhere,
    command: 'jobs',
    run: (state) => still(backTo(state, 1)),
  },
];

/** A plan with marks is what is left to write. */
const waits = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'plan' && screen.marks.size > 0;
};

const howToWrite = (state: State): State =>
  flash(
    state,
    'info',
    waits(state)
      ? 'nothing is written yet: enter writes the marked jobs, :q quits without writing'
      : 'nothing to write here: an editor has its own keys to save',
  );

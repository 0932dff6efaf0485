/** Jobs run again: which, from where, starting and stopping it. */
import { counted } from '../../../base/counted.ts';
import { toAsk } from '../../../plan/again/choose.ts';
import { usualAtOnce } from '../../../plan/again/words.ts';
import type { Action } from '../../state/action.ts';
import { moveTo } from '../../state/cursor.ts';
import { type AgainScreen, type State, type Step, still } from '../../state/model.ts';
import { ask } from '../../state/questions.ts';
import { topScreen, withTop } from '../../state/stack.ts';
import { familyRows } from '../families/rows.ts';
import { openJob } from '../job/open.ts';
import { visibleOf } from '../jobs/visible.ts';
import { missedHere, rowsOfMissed } from '../missed/rows.ts';
import { openLatestOutput } from '../runs/actions.ts';
import { openAgain, toRunOf } from './open.ts';
import { againHere, againRows, itemsOf, rowHere } from './rows.ts';
import { againHeight } from './view.ts';

/** The names of what the shown screen lists: on the jobs the marked ones, as they are. */
function namesHere(state: State): readonly string[] {
  const screen = topScreen(state);
  const missed = missedHere(state);
  if (missed !== null) return rowsOfMissed(state, missed).rows.map(({ job }) => job);
  if (screen.kind === 'families')
    return toRunOf(
      state,
      familyRows(state, screen).rows.map(({ name }) => name),
    );
  if (screen.kind !== 'jobs') return [];
  return screen.marks.size > 0 ? [...screen.marks] : toRunOf(state, visibleOf(state).keys);
}

const open = (state: State): Step => openAgain(state, namesHere(state));

const onAgain = (then: (state: State, screen: AgainScreen) => Step) => (state: State) => {
  const screen = againHere(state);
  return screen === null ? still(state) : then(state, screen);
};

const start = onAgain((state, screen) => {
  const { again } = state;
  const resumes = again?.stage === 'left';
  const items = again === null || !resumes ? itemsOf(state, screen) : again.items;
  const count = countOf(state, screen);
  const turns = count > usualAtOnce ? `, ${usualAtOnce} at a time` : '';
  return ask(state, {
    question:
      count === 0
        ? 'Look what became of what was started?'
        : `Run ${counted(count)} again on ${state.setting.label} now${turns}?`,
    verb: 'run',
    doing: `running ${counted(count)} again`,
    effect: { type: 'run-again', items, count, resumes },
  });
});

/** How many requests are still to be sent; what was started before is only looked for. */
function countOf(state: State, screen: AgainScreen): number {
  const { again } = state;
  if (again === null) return toAsk(itemsOf(state, screen));
  const isStarted = (name: string): boolean => {
    const one = again.states.get(name);
    return one !== undefined && one.state !== 'waiting' && one.state !== 'left';
  };
  return again.items.filter(({ name, how }) => how === 'ask' && !isStarted(name)).length;
}

const mark = onAgain((state, screen) => {
  const list = againRows(state, screen);
  const at = list.index.get(screen.cursor.key ?? '') ?? 0;
  const name = list.keys.at(at);
  if (name === undefined) return still(state);
  const marks = new Set(screen.marks);
  if (!marks.delete(name)) marks.add(name);
  const cursor = moveTo(screen.cursor, list, at + 1, againHeight(state));
  return still(withTop(state, { ...screen, marks, cursor }));
});

const openHere = (state: State): Step => {
  const row = rowHere(state);
  if (row === undefined) return still(state);
  const isRun = row.state !== null && row.state.run !== null;
  return isRun ? openLatestOutput(state, row.name) : openJob(state, row.name);
};

const isLeft = ({ again }: State): boolean => again?.stage === 'left';

const again = ['again'] as const;

export const againActions: readonly Action[] = [
  {
    id: 'again.open',
    keys: [],
    title: 'run again',
    help: 'Lists the marked jobs, or those shown that failed or were missed, to run them again: parents first, each once.',
    scope: ['jobs', 'missed', 'families'],
    command: 'run-again',
    anyRow: true,
    live: true,
    run: open,
  },
  {
    id: 'again.these',
    keys: ['t'],
    title: 'run again',
    help: 'Lists what is shown here and failed or was missed, to run it again: parents first, each once.',
    scope: ['missed', 'families'],
    footer: 2,
    anyRow: true,
    live: true,
    run: open,
  },
  {
    id: 'again.start',
    keys: ['t'],
    title: 'run',
    help: 'Runs the marked jobs, four at a time, or goes on with what was interrupted; none is asked for twice.',
    scope: again,
    dangerous: true,
    anyRow: true,
    footer: 1,
    available: (state) => {
      const screen = againHere(state);
      const stage = state.again?.stage ?? 'left';
      if (screen === null || stage === 'over') return 'it is over';
      if (stage !== 'left') return 'they run already';
      if (state.again !== null) return null;
      return countOf(state, screen) === 0 ? 'none of them can be asked to run' : null;
    },
    run: start,
  },
  {
    id: 'again.output',
    keys: ['enter', 'l', 'o'],
    title: 'output',
    help: 'Shows what the run of the job under the cursor printed; before it ran, the job.',
    scope: again,
    footer: 2,
    available: (state) => {
      const name = rowHere(state)?.name ?? '';
      return state.jobs.byName.has(name) ? null : 'there is no such job any more';
    },
    run: openHere,
  },
  {
    id: 'again.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Leaves the job under the cursor out, or takes it in again.',
    scope: again,
    footer: 3,
    available: (state) => (state.again === null ? null : 'it was begun already'),
    run: mark,
  },
  {
    id: 'again.stop',
    keys: ['x'],
    title: 'stop',
    help: 'Starts no more of them; what runs goes on and is followed.',
    scope: again,
    footer: 4,
    available: ({ again }) => (again?.stage === 'going' ? null : 'nothing is being started'),
    run: (state) => {
      const run = state.again;
      if (run === null) return still(state);
      return [{ ...state, again: { ...run, stage: 'stopping' } }, [{ type: 'stop-again' }]];
    },
  },
  {
    id: 'again.discard',
    keys: ['D'],
    title: 'do not go on',
    help: 'Forgets what was interrupted: what of it runs goes on, and the rest is not started.',
    scope: again,
    available: (state) => (isLeft(state) ? null : 'nothing was interrupted'),
    run: (state) =>
      ask(state, {
        question: 'Forget what was not started?',
        verb: 'forget',
        doing: 'forgetting it',
        effect: { type: 'discard-again' },
      }),
  },
];

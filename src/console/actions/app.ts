/** What works on every screen. */
import { lineOf } from '../../terminal/line.ts';
import { still } from '../model.ts';
import type { Action } from './action.ts';

const everywhere = ['everywhere'] as const;

export const appActions: readonly Action[] = [
  {
    id: 'help',
    keys: ['?'],
    title: 'more',
    help: 'Every action of this screen; enter runs the chosen one.',
    scope: everywhere,
    command: 'help',
    footer: 10,
    run: (state) => still({ ...state, overlay: { kind: 'help', line: lineOf(''), cursor: 0 } }),
  },
  {
    id: 'palette',
    keys: [':'],
    title: 'command',
    help: 'Commands by name, with completion.',
    scope: everywhere,
    run: (state) => still({ ...state, overlay: { kind: 'palette', line: lineOf(''), cursor: 0 } }),
  },
  {
    id: 'refresh',
    keys: ['ctrl-r'],
    title: 'refresh',
    help: 'Reads everything again now.',
    scope: everywhere,
    command: 'refresh',
    run: (state) => [state, [{ type: 'refresh' }]],
  },
  {
    id: 'redraw',
    keys: ['ctrl-l'],
    title: 'redraw',
    help: 'Draws the screen afresh, should something else have written to it.',
    scope: everywhere,
    run: (state) => [state, [{ type: 'redraw' }]],
  },
  {
    id: 'suspend',
    keys: ['ctrl-z'],
    title: 'suspend',
    help: 'Back to the shell; fg returns. Where one types it takes back what was typed last (alt-e brings it again).',
    scope: everywhere,
    run: (state) => [state, [{ type: 'suspend' }]],
  },
  {
    id: 'quit',
    keys: ['ctrl-c'],
    title: 'quit',
    help: 'Leaves the console.',
    scope: everywhere,
    command: 'quit',
    run: (state) => [state, [{ type: 'quit' }]],
  },
];

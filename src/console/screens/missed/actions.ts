/** What should have run and did not. */
import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import { still } from '../../state/model.ts';
import { push } from '../../state/stack.ts';
import { openJob } from '../job/open.ts';
import { entryHere, rowsOfMissed } from './rows.ts';

export const missedActions: readonly Action[] = [
  {
    id: 'missed.open',
    keys: [],
    title: 'missed',
    help: 'Lists what should have run and did not: what is late, stuck or goes nowhere now, and what was missed in the last day.',
    scope: ['jobs'],
    command: 'missed',
    live: true,
    run: (state) => {
      const screen = { kind: 'missed', filter: '', cursor: noCursor } as const;
      const [key = null] = rowsOfMissed(state, screen).keys;
      return still(push(state, { ...screen, cursor: { key, row: 0 } }));
    },
  },
  {
    id: 'missed.job',
    keys: ['enter'],
    title: 'open job',
    help: 'Opens the job under the cursor, which tells what helps.',
    scope: ['missed'],
    footer: 1,
    available: (state) => {
      const entry = entryHere(state);
      if (entry === undefined) return 'there is nothing under the cursor';
      return state.jobs.byName.has(entry.job) ? null : `${entry.job} is not there any more`;
    },
    run: (state) => {
      const entry = entryHere(state);
      return entry === undefined ? still(state) : openJob(state, entry.job);
    },
  },
];

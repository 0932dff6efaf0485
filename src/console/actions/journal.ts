/** What was changed from here, and taking it back. */
import type { Job } from '../../job/job.ts';
import type { PastChange } from '../../restore/journal.ts';
import { lineOf } from '../../terminal/line.ts';
import { openChanges } from '../bulk.ts';
import { noCursor } from '../cursor.ts';
import { type State, type Step, still } from '../model.ts';
import { push } from '../screens.ts';
import { shortSpan } from '../short.ts';
import type { Action } from './action.ts';

/** Takes a change back: a plan with the difference, or, where there was no job before, a deletion. */
export function openReturn(state: State, change: PastChange, before: Job | null): Step {
  const ago = shortSpan(state.now - Date.parse(change.at));
  if (before !== null)
    return openChanges(state, `Undo  ${change.action} of ${change.job}, ${ago} ago`, [before]);
  const created = state.jobs.byName.get(change.job)?.job;
  if (!created)
    return still({
      ...state,
      flash: {
        level: 'info',
        text: `${change.job} was created ${ago} ago and is not there any more`,
      },
    });
  return still({
    ...state,
    overlay: {
      kind: 'typed',
      question: [`${change.job} was created ${ago} ago: undoing that deletes it, with its runs.`],
      expected: change.job,
      line: lineOf(''),
      verb: `deleting ${change.job}`,
      effect: { type: 'delete', jobs: [created] },
    },
  });
}

export const journalActions: readonly Action[] = [
  {
    id: 'journal.undo',
    keys: ['u'],
    title: 'undo',
    help: 'Shows how the last change made from this machine would be taken back, and does it on enter.',
    scope: ['jobs', 'job', 'plan', 'journal'],
    command: 'undo',
    dangerous: true,
    run: (state) => [state, [{ type: 'undo' }]],
  },
  {
    id: 'journal.list',
    keys: ['H'],
    title: 'journal',
    help: 'What was changed on this server from this machine; any of it can be taken back.',
    scope: ['jobs', 'job'],
    command: 'journal',
    run: (state) => [
      push(state, { kind: 'journal', changes: null, cursor: noCursor }),
      [{ type: 'list-journal' }],
    ],
  },
];

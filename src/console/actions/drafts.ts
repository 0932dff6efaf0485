/** What was typed for a job and not saved. */

import { type Action, all, needsJob } from '../state/action.ts';
import { draftsText, withoutDrafts } from '../state/drafts.ts';
import { flash, still } from '../state/model.ts';
import { subject } from '../state/stack.ts';

export const draftActions: readonly Action[] = [
  {
    id: 'drafts.drop',
    keys: [],
    title: 'drop the drafts',
    help: 'Forgets what was typed for the job and not saved, in fields, schedule and $EDITOR; in an editor ctrl-x goes back to what the job has.',
    scope: ['jobs', 'job', 'fields'],
    command: 'drop-drafts',
    available: all(needsJob, (state) =>
      draftsText(state, subject(state)?.name ?? '') === '' ? 'nothing is kept of it' : null,
    ),
    run: (state) => {
      const name = subject(state)?.name ?? '';
      const text = `the drafts of ${name} are dropped; the job is as it was`;
      return still(flash(withoutDrafts(state, name), 'info', text));
    },
  },
];

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
    help: 'Drops the unsaved texts of the job: fields, schedule and $EDITOR. In an editor ctrl-x drops that text only.',
    scope: ['jobs', 'job', 'fields'],
    command: 'drop-drafts',
    available: all(needsJob, (state) =>
      draftsText(state, subject(state)?.name ?? '') === '' ? 'it has no drafts' : null,
    ),
    run: (state) => {
      const name = subject(state)?.name ?? '';
      const text = `the drafts of ${name} are dropped; the job did not change`;
      return still(flash(withoutDrafts(state, name), 'info', text));
    },
  },
];

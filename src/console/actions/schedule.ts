/** Opening the schedule editor. */
import type { Job } from '../../job/job.ts';
import { lineOf } from '../../terminal/line.ts';
import { draftKey, readScheduleDraft } from '../drafts.ts';
import { type State, type Step, still } from '../model.ts';

/** Opens the editor in the row, or in the job; a draft that was left is offered again. */
export function openSchedule(state: State, seen: Job): Step {
  const draft = readScheduleDraft(state.drafts.get(draftKey(seen.name, 'schedule')));
  return still({
    ...state,
    flash:
      draft === null
        ? null
        : { level: 'info', text: 'your draft of before; ctrl-u clears the line' },
    overlay: {
      kind: 'schedule',
      seen,
      schedule: lineOf(draft?.schedule ?? seen.schedule),
      zone: lineOf(draft?.timezone ?? seen.timezone),
      focus: 'schedule',
      menu: null,
      saving: false,
      refusal: [],
      over: false,
    },
  });
}

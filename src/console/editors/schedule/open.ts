/** Opening the schedule editor. */
import type { Job } from '../../../job/job.ts';
import { lineOf } from '../../../terminal/line.ts';
import { draftKey, draftText, readScheduleDraft, type ScheduleDraft } from '../../state/drafts.ts';
import type { State, Step } from '../../state/model.ts';
import { withTtls } from '../../state/ttls.ts';

/** Opens the editor in the row, or in the job; a draft that was left is offered again. */
export function openSchedule(state: State, seen: Job): Step {
  const draft = state.drafts.get(draftKey(seen.name, 'schedule'));
  const typed = readScheduleDraft(draft?.text);
  const base = readScheduleDraft(draft?.base) ?? seen;
  // Of the two lines, the one that was not touched follows the server.
  const schedule = typed && typed.schedule !== base.schedule ? typed.schedule : seen.schedule;
  const zone = typed && typed.timezone !== base.timezone ? typed.timezone : seen.timezone;
  const text = draft && draftText(state, { ...draft, base: inWords(base) }, inWords(seen));
  const [asking, effects] = withTtls(state);
  const opened: State = {
    ...asking,
    flash: typed && text !== undefined ? { level: 'info', text } : null,
    overlay: {
      kind: 'schedule',
      seen,
      schedule: lineOf(schedule),
      zone: lineOf(zone),
      focus: 'schedule',
      menu: null,
      saving: false,
      refusal: [],
      over: false,
      counted: null,
      calm: null,
    },
  };
  return [opened, effects];
}

const inWords = ({ schedule, timezone }: ScheduleDraft): string =>
  [schedule, timezone].filter((text) => text !== '').join(' ');

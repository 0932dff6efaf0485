/** The schedule editor: two lines, the schedule and its time zone. Esc keeps what was typed as a draft. */
import { parseSchedule } from '../../schedule/index.ts';
import type { Key } from '../../terminal/keys.ts';
import { editLine, lineText, pasteLine } from '../../terminal/line.ts';
import { type ScheduleOverlay, type State, type Step, still } from '../model.ts';

const editing = (state: State, overlay: ScheduleOverlay): Step => still({ ...state, overlay });

/** The schedule as it would be saved, parsed for this job and this server. */
export function parsedOf(state: State, overlay: ScheduleOverlay): ReturnType<typeof parseSchedule> {
  return parseSchedule(lineText(overlay.schedule), {
    name: overlay.seen.name,
    timezone: lineText(overlay.zone),
    serverTimezone: state.setting.serverZone,
    ...(state.server === null ? {} : { version: state.server.version }),
  });
}

export function scheduleKey(state: State, overlay: ScheduleOverlay, key: Key): Step {
  if (key.name === 'esc') return leave(state, overlay);
  if (overlay.saving) return still(state);
  if (key.name === 'enter') return save(state, overlay, key);
  if (key.name === 'tab' || key.name === 'shift-tab')
    return editing(state, { ...overlay, focus: overlay.focus === 'zone' ? 'schedule' : 'zone' });
  return editing(state, {
    ...overlay,
    refusal: [],
    [overlay.focus]: editLine(overlay[overlay.focus], key),
  });
}

export const schedulePaste = (state: State, overlay: ScheduleOverlay, text: string): Step =>
  overlay.saving
    ? still(state)
    : editing(state, { ...overlay, [overlay.focus]: pasteLine(overlay[overlay.focus], text) });

const changed = ({ seen, schedule, zone }: ScheduleOverlay): boolean =>
  lineText(schedule) !== seen.schedule || lineText(zone) !== seen.timezone;

function leave(state: State, overlay: ScheduleOverlay): Step {
  const drafts = new Map(state.drafts);
  drafts.delete(overlay.seen.name);
  if (!changed(overlay)) return still({ ...state, overlay: null, drafts });
  drafts.set(overlay.seen.name, {
    schedule: lineText(overlay.schedule),
    timezone: lineText(overlay.zone),
  });
  const text = overlay.saving
    ? 'the save goes on; what you typed is kept'
    : 'kept as a draft: i opens it again';
  return still({ ...state, overlay: null, drafts, flash: { level: 'info', text } });
}

function save(state: State, overlay: ScheduleOverlay, key: Key): Step {
  if (key.coalesced)
    return still({
      ...state,
      flash: { level: 'info', text: 'enter came together with other keys: press it alone' },
    });
  if (!changed(overlay)) return leave(state, overlay);
  const parsed = parsedOf(state, overlay);
  if (!parsed.valid)
    return still({ ...state, flash: { level: 'error', text: `not saved: ${parsed.error}` } });
  return [
    { ...state, overlay: { ...overlay, saving: true, refusal: [] } },
    [
      {
        type: 'save-schedule',
        seen: overlay.seen,
        schedule: lineText(overlay.schedule),
        timezone: lineText(overlay.zone),
      },
    ],
  ];
}

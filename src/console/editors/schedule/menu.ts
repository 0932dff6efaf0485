/** The menu below the schedule line: common schedules, completions of the word under the cursor. */
import { commonSchedules, completeSchedule, completeZone } from '../../../schedule/index.ts';
import type { Key } from '../../../terminal/keys.ts';
import { lineText, replaceInLine } from '../../../terminal/line.ts';
import type { ScheduleMenu, ScheduleOverlay, State } from '../../state/model.ts';

export const commonMenu = (overlay: ScheduleOverlay): ScheduleOverlay =>
  choiceMenu(overlay, commonSchedules);

/** Schedules of which one takes the place of the whole line. */
export const choiceMenu = (
  overlay: ScheduleOverlay,
  candidates: readonly string[],
): ScheduleOverlay => ({
  ...overlay,
  focus: 'schedule',
  menu: { start: 0, end: lineText(overlay.schedule).length, candidates, cursor: 0 },
});

/** Tab: one candidate is taken, several are shown; with none the other line gets the focus. */
export function complete(state: State, overlay: ScheduleOverlay): ScheduleOverlay {
  const menu = overlay.focus === 'zone' ? zoneMenu(overlay) : scheduleMenu(state, overlay);
  if (menu === null)
    return { ...overlay, focus: overlay.focus === 'zone' ? 'schedule' : 'zone', menu: null };
  return menu.candidates.length === 1 ? take(overlay, menu) : { ...overlay, menu };
}

/** Arrows choose, enter or tab takes, every other key closes the menu and does what it does. */
export function menuKey(
  overlay: ScheduleOverlay,
  menu: ScheduleMenu,
  key: Key,
): ScheduleOverlay | null {
  const count = menu.candidates.length;
  const step = { down: 1, up: count - 1, pagedown: 5, pageup: 5 * (count - 1) }[key.name];
  if (step !== undefined)
    return { ...overlay, menu: { ...menu, cursor: (menu.cursor + step) % count } };
  if (key.name === 'enter' || key.name === 'tab') return take(overlay, menu);
  return key.name === 'esc' ? { ...overlay, menu: null } : null;
}

function take(overlay: ScheduleOverlay, menu: ScheduleMenu): ScheduleOverlay {
  const chosen = menu.candidates[menu.cursor]!;
  const line = replaceInLine(overlay[overlay.focus], menu, chosen);
  return { ...overlay, refusal: [], [overlay.focus]: line, menu: null };
}

function zoneMenu({ zone }: ScheduleOverlay): ScheduleMenu | null {
  const typed = lineText(zone);
  const candidates = completeZone(typed);
  const settled = typed === '' || candidates.length === 0 || candidates[0] === typed;
  return settled ? null : { start: 0, end: typed.length, candidates, cursor: 0 };
}

function scheduleMenu(state: State, { schedule }: ScheduleOverlay): ScheduleMenu | null {
  const found = completeSchedule(lineText(schedule), schedule.cursor.column, state.server?.version);
  if (!found || found.candidates.length === 0) return null;
  const typed = lineText(schedule).slice(found.start, found.end);
  return found.candidates.includes(typed) ? null : { ...found, cursor: 0 };
}

/** The schedule editor: two lines, the schedule and its time zone. Esc keeps what was typed as a draft. */

import { planSchedule } from '../../../plan/edits.ts';
import {
  type Imported,
  importCrontab,
  instantFromMillis,
  stepNumber,
  withoutPrefix,
} from '../../../schedule/index.ts';
import type { Key } from '../../../terminal/keys.ts';
import {
  editLine,
  type LineState,
  lineText,
  pasteLine,
  replaceInLine,
} from '../../../terminal/line.ts';
import { memo } from '../../../view/memo.ts';
import { ancestryOf, blocked, checkedPlan } from '../../state/changes.ts';
import { closedBy } from '../../state/closed.ts';
import { calmNow, parsedOf } from '../../state/counting.ts';
import { draftKey, dropped, scheduleDraft, withDraft } from '../../state/drafts.ts';
import {
  type Effect,
  flash,
  type ScheduleOverlay,
  type State,
  type Step,
  still,
} from '../../state/model.ts';
import { ask } from '../../state/questions.ts';
import { choiceMenu, commonMenu, complete, menuKey } from './menu.ts';

/** What is typed is a draft at once, unless it is what the job has. */
function editing(state: State, overlay: ScheduleOverlay): Step {
  const { seen, schedule, zone } = overlay;
  const typed = { schedule: lineText(schedule), timezone: lineText(zone) };
  const draft = changed(overlay) ? { text: scheduleDraft(typed), base: scheduleDraft(seen) } : null;
  return still(withDraft({ ...state, overlay }, draftKey(seen.name, 'schedule'), draft));
}

export function scheduleKey(state: State, overlay: ScheduleOverlay, key: Key): Step {
  const chosen = overlay.menu && menuKey(overlay, overlay.menu, key);
  if (chosen) return editing(state, chosen);
  const plain: ScheduleOverlay = { ...overlay, menu: null };
  if (key.name === 'esc') return leave(state, plain);
  if (overlay.saving) return still(state);
  switch (key.name) {
    case 'enter':
      return save(state, plain, key);
    case 'tab':
      return editing(state, complete(state, plain));
    case 'shift-tab':
      return editing(state, { ...plain, focus: other(plain) });
    case 'ctrl-x':
      return drop(state, plain);
    case 'ctrl-o':
      return editing(state, commonMenu(plain));
    case 'ctrl-t':
      return editing(state, takeOffer(state, plain));
    case 'up':
    case 'down':
      return editing(state, stepField(plain, key.name === 'up' ? 1 : -1));
    default:
      return editing(state, {
        ...plain,
        refusal: [],
        [plain.focus]: editLine(plain[plain.focus], key),
      });
  }
}

/** What a schedule of another cron would be in Dkron; or what Dkron lacks for it. */
const offerOn = memo(
  (spec: string, day: number): Imported => importCrontab(spec, instantFromMillis(day * dayLength)),
);
const dayLength = 24 * 3_600_000;
export const offerFor = ({ now }: Pick<State, 'now'>, spec: string): Imported =>
  offerOn(spec, Math.floor(now / dayLength));

/** What another cron would mean, or what is calmer: one is taken, of several one is chosen. */
function takeOffer(state: State, overlay: ScheduleOverlay): ScheduleOverlay {
  const text = lineText(overlay.schedule);
  const offer = offerFor(state, text);
  const offered =
    offer.kind === 'offer' ? [offer.schedule] : [...readingsOf(offer), ...calmerOf(state)];
  if (offered.length > 1) return choiceMenu(overlay, offered);
  const [only] = offered;
  if (only === undefined) return overlay;
  const all = { start: 0, end: text.length };
  return { ...overlay, refusal: [], schedule: replaceInLine(overlay.schedule, all, only) };
}

const readingsOf = (offer: Imported): string[] =>
  offer.kind === 'choice' ? offer.readings.map(({ schedule }) => schedule) : [];

const calmerOf = (state: State): string[] => {
  const calm = calmNow(state);
  return [calm?.calmest, calm?.hash].flatMap((other) => other?.schedule ?? []);
};

/** The number under the cursor, one up or down. */
function stepField(overlay: ScheduleOverlay, by: 1 | -1): ScheduleOverlay {
  const { schedule, focus } = overlay;
  const text = lineText(schedule);
  const stepped = focus === 'schedule' ? stepNumber(text, schedule.cursor.column, by) : undefined;
  if (!stepped) return overlay;
  const all = { start: 0, end: text.length };
  return {
    ...overlay,
    refusal: [],
    schedule: replaceInLine(schedule, all, stepped.text, stepped.cursor),
  };
}

export const schedulePaste = (state: State, overlay: ScheduleOverlay, text: string): Step =>
  overlay.saving
    ? still(state)
    : editing(state, {
        ...overlay,
        menu: null,
        refusal: [],
        [overlay.focus]: pasteLine(overlay[overlay.focus], text),
      });

const changed = ({ seen, schedule, zone }: ScheduleOverlay): boolean =>
  lineText(schedule) !== seen.schedule || lineText(zone) !== seen.timezone;

function leave(state: State, overlay: ScheduleOverlay): Step {
  const closed: State = { ...state, overlay: null };
  if (!changed(overlay)) return still(closed);
  const text = overlay.saving
    ? 'the save goes on; what you typed is kept'
    : 'kept as a draft: i opens it again';
  return still(flash(closed, 'info', text));
}

/** Back to what the job has, each line on its own: undo in it brings back what was typed. */
function drop(state: State, overlay: ScheduleOverlay): Step {
  const { seen, schedule, zone } = overlay;
  const back = {
    schedule: withText(schedule, seen.schedule),
    zone: withText(zone, seen.timezone),
  };
  const focus = back[overlay.focus] !== overlay[overlay.focus] ? overlay.focus : other(overlay);
  if (back[focus] === overlay[focus]) return still(dropped({ ...state, overlay }, false));
  const [next] = editing(state, { ...overlay, ...back, focus, refusal: [] });
  return still(dropped(next, true));
}

const withText = (line: LineState, text: string): LineState =>
  lineText(line) === text
    ? line
    : replaceInLine(line, { start: 0, end: lineText(line).length }, text);

const other = ({ focus }: ScheduleOverlay): ScheduleOverlay['focus'] =>
  focus === 'zone' ? 'schedule' : 'zone';

function save(state: State, overlay: ScheduleOverlay, key: Key): Step {
  if (key.coalesced)
    return still(flash(state, 'info', 'enter came together with other keys: press it again'));
  if (!changed(overlay)) return leave(state, overlay);
  const parsed = parsedOf(state, overlay);
  if (!parsed.valid)
    return still(flash(state, 'error', `not saved: ${withoutPrefix(parsed.error)}`));
  const why = closedBy(state);
  if (why !== null) return still(flash(state, 'error', why));
  const { seen, over } = overlay;
  const wanted = { schedule: lineText(overlay.schedule), timezone: lineText(overlay.zone) };
  const live = ancestryOf(state, seen);
  const plan = checkedPlan(state, planSchedule(seen, wanted, live), live);
  const held = plan.items.find(({ kind }) => kind === 'blocked');
  if (held !== undefined) return still(blocked(state, held));
  const effect: Effect = { type: 'save-schedule', plan, over };
  const { label, protectedAs } = state.setting;
  if (!over && protectedAs === null)
    return [{ ...state, overlay: { ...overlay, saving: true, refusal: [] } }, [effect]];
  return ask(
    { ...state, overlay },
    {
      question: over
        ? `Somebody else changed the schedule of ${seen.name}. Replace it with yours?`
        : `Change the schedule of ${seen.name} on ${label}?`,
      verb: 'write',
      doing: `writing the schedule of ${seen.name}`,
      effect,
    },
  );
}

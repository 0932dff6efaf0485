/** The schedule editor's lines: what is typed, what Dkron makes of it, the next runs now and then. */
import type { Job } from '../../job/job.ts';
import {
  describe,
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  type ParsedSchedule,
  parseSchedule,
  type Schedule,
  type ScheduleContext,
  type Span,
  withoutPrefix,
} from '../../schedule/index.ts';
import { width } from '../../terminal/cell.ts';
import { lineText, lineView } from '../../terminal/line.ts';
import { type Line, plain, quiet, toned } from '../line.ts';
import type { ScheduleOverlay, State } from '../model.ts';
import { parsedOf } from '../overlays/schedule.ts';
import { rfc3339, shortSpan } from '../short.ts';
import { fitSpan, paragraph } from './compose.ts';

const label = '   schedule  ';
const zoneLabel = 'zone  ';
const runsShown = 3;

export interface Inset {
  readonly lines: readonly Line[];
  /** The text cursor, in lines and columns of the inset. */
  readonly cursor: { readonly line: number; readonly column: number };
}

export function scheduleInset(state: State, overlay: ScheduleOverlay): Inset {
  const zoneWidth = 22;
  const specWidth = Math.max(12, state.columns - label.length - zoneLabel.length - zoneWidth - 4);
  const spec = lineView(overlay.schedule, specWidth);
  const zone = lineView(overlay.zone, zoneWidth);
  const zoneAt = label.length + specWidth + 2 + zoneLabel.length;
  const typed: Line = [
    quiet(label),
    fitSpan(plain(spec.text), specWidth + 2),
    quiet(zoneLabel),
    zone.text === '' ? quiet(`server’s (${state.setting.serverZone})`) : plain(zone.text),
  ];
  const parsed = parsedOf(state, overlay);
  const below = parsed.valid
    ? previewLines(state, overlay, parsed)
    : errorLines(state, overlay, parsed);
  const refusal = overlay.refusal.flatMap((text) =>
    paragraph(text, state.columns - 6).map((line): Line => [toned(`   ${line}`, 'bad')]),
  );
  const saving: Line[] = overlay.saving
    ? [[toned('   saving: fresh read, write, re-read…', 'attention')]]
    : [];
  return {
    lines: [typed, ...below, ...refusal, ...saving],
    cursor: {
      line: 0,
      column: overlay.focus === 'schedule' ? label.length + spec.cursor : zoneAt + zone.cursor,
    },
  };
}

function errorLines(
  state: State,
  overlay: ScheduleOverlay,
  parsed: Extract<ParsedSchedule, { valid: false }>,
): Line[] {
  const text = `${withoutPrefix(parsed.error)}${parsed.panics ? '' : '   (as Dkron says it)'}`;
  const marks = parsed.where ? [underline(overlay, parsed.where, state.columns)] : [];
  const words = paragraph(text, state.columns - 6);
  return [...marks, ...words.map((line): Line => [toned(`   ${line}`, 'bad')])];
}

/** `^^^^` under the part that Dkron refuses; nothing when the line is scrolled or what is typed is wide. */
function underline({ schedule }: ScheduleOverlay, where: Span, columns: number): Line {
  const size = Math.max(1, where.end - where.start);
  const fits = width(lineText(schedule).slice(0, where.end)) + label.length < columns;
  return fits ? [toned(' '.repeat(label.length + where.start) + '^'.repeat(size), 'bad')] : [];
}

function previewLines(
  state: State,
  overlay: ScheduleOverlay,
  parsed: Extract<ParsedSchedule, { valid: true }>,
): Line[] {
  const { seen } = overlay;
  const context = { name: seen.name, timezone: lineText(overlay.zone) };
  const words = describe(lineText(overlay.schedule), context);
  const effective =
    parsed.effective === lineText(overlay.schedule)
      ? []
      : [quiet(`   runs as ${parsed.effective}`)];
  const old = parseSchedule(seen.schedule, { ...contextOf(state, seen), timezone: seen.timezone });
  const before = old.valid ? nextRunsText(state, old.schedule) : ['not valid'];
  const after = nextRunsText(state, parsed.schedule);
  const half = Math.floor((state.columns - label.length) / 2);
  const rows = Array.from(
    { length: runsShown },
    (_, at): Line => [
      quiet(' '.repeat(label.length)),
      fitSpan(quiet(before[at] ?? ''), half),
      plain(after[at] ?? ''),
    ],
  );
  return [
    [quiet('   '), plain(words), ...effective],
    [quiet(' '.repeat(label.length)), fitSpan(quiet('now'), half), quiet('new')],
    ...rows,
  ];
}

const contextOf = (state: State, seen: Job): ScheduleContext => ({
  name: seen.name,
  serverTimezone: state.setting.serverZone,
  ...(state.server === null ? {} : { version: state.server.version }),
});

function nextRunsText(state: State, schedule: Schedule): string[] {
  const runs = nextRuns(schedule, instantFromMillis(state.now), runsShown);
  if (runs.length === 0) return ['never by the clock'];
  return runs.map((run) => {
    const at = millisFromInstant(run);
    return `${rfc3339(at)}  in ${shortSpan(at - state.now)}`;
  });
}

/** The schedule editor's lines: what is typed, what Dkron makes of it, the next runs now and then. */
import { counted } from '../../../base/counted.ts';
import {
  fieldAt,
  type ParsedSchedule,
  type Range,
  withoutPrefix,
} from '../../../schedule/index.ts';
import { width } from '../../../terminal/cell.ts';
import { lineText, lineView } from '../../../terminal/line.ts';
import { fitSpan, paragraph } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { chosenLine } from '../../../view/table.ts';
import { parsedOf } from '../../state/counting.ts';
import type { ScheduleMenu, ScheduleOverlay, State } from '../../state/model.ts';
import { offerFor } from './keys.ts';
import { aboveCurrent, choiceLines, preview, said } from './preview.ts';

const label = '   schedule  ';
const zoneLabel = 'zone  ';
const indent = ' '.repeat(label.length);

export interface Inset {
  readonly lines: readonly Line[];
  /** The text cursor, in lines and columns of the inset. */
  readonly cursor: { readonly line: number; readonly column: number };
}

export function scheduleInset(state: State, overlay: ScheduleOverlay): Inset {
  const room = state.columns - label.length - zoneLabel.length - 4;
  const server = `server’s (${state.setting.serverZone})`;
  const zoneWidth = Math.min(zoneRoom(overlay, server), Math.ceil(room / 2));
  const specWidth = room - zoneWidth;
  const spec = lineView(overlay.schedule, specWidth);
  const zone = lineView(overlay.zone, zoneWidth);
  const zoneAt = label.length + specWidth + 2 + zoneLabel.length;
  const typed: Line = [
    quiet(label),
    fitSpan(plain(spec.text), specWidth + 2),
    quiet(zoneLabel),
    zone.text === '' ? quiet(server) : plain(zone.text),
  ];
  return {
    lines: [typed, ...below(state, overlay)],
    cursor: {
      line: 0,
      column: overlay.focus === 'schedule' ? label.length + spec.cursor : zoneAt + zone.cursor,
    },
  };
}

/** The zone takes no more than it needs, until it is what one types. */
const zoneRoom = ({ zone, focus }: ScheduleOverlay, server: string): number =>
  Math.min(longZone, focus === 'zone' ? longZone : width(lineText(zone) || server) + 1);
const longZone = 22;

function below(state: State, overlay: ScheduleOverlay): Line[] {
  if (overlay.menu !== null) return menuLines(overlay.menu);
  if (overlay.saving) return [[toned(`${indent}saving: fresh read, write, re-read…`, 'attention')]];
  const parsed = parsedOf(state, overlay);
  return [
    ...(parsed.valid
      ? preview(state, overlay)
      : aboveCurrent(state, overlay, errorLines(state, overlay, parsed))),
    ...overlay.refusal.flatMap((text) => said(text, 'bad', state.columns)),
    ...helpLines(state, overlay),
  ];
}

const menuRows = 7;

function menuLines({ candidates, cursor }: ScheduleMenu): Line[] {
  const start = Math.max(0, Math.min(cursor - 3, candidates.length - menuRows));
  const more = candidates.length - start - menuRows;
  return [
    ...candidates
      .slice(start, start + menuRows)
      .map(
        (text, at): Line => [
          plain(indent),
          ...(start + at === cursor ? chosenLine([plain(` ${text} `)]) : [plain(` ${text} `)]),
        ],
      ),
    ...(more > 0 ? [[quiet(`${indent} ${more} more`)]] : []),
  ];
}

/** What may stand under the cursor. */
function helpLines({ columns }: State, { schedule, focus }: ScheduleOverlay): Line[] {
  const field = focus === 'schedule' && fieldAt(lineText(schedule), schedule.cursor.column);
  if (!field) return [];
  const lines = paragraph(`${field.name}: ${field.help}`, columns - 4);
  return lines.map((line): Line => [quiet(`   ${line}`)]);
}

function errorLines(
  state: State,
  overlay: ScheduleOverlay,
  parsed: Extract<ParsedSchedule, { valid: false }>,
): Line[] {
  const text = `${withoutPrefix(parsed.error)}${parsed.panics ? '' : '   (message of Dkron)'}`;
  const marks = parsed.where ? underline(overlay, parsed.where, state.columns) : [];
  const offer = parsed.panics ? [] : offerLines(lineText(overlay.schedule), state);
  return [...marks, ...said(text, 'bad', state.columns), ...offer];
}

/** Another cron's schedule: the Dkron one that runs at the same instants, or what Dkron lacks. */
function offerLines(spec: string, state: State): Line[] {
  const offer = offerFor(state, spec);
  // What no cron knows is most often a schedule that is not typed to its end.
  if (offer.kind === 'none')
    return offer.reason.startsWith('Dkron') ? said(offer.reason, 'attention', state.columns) : [];
  if (offer.kind === 'choice') return choiceLines(offer.readings);
  if (offer.kind !== 'offer') return [];
  return [
    [
      bold('   ctrl-t'),
      quiet(' takes '),
      bold(offer.schedule),
      quiet(`  from another cron, with the same ${counted(offer.compared, 'run')}`),
    ],
  ];
}

/** `^^^^` under the part that Dkron refuses; not when the line is scrolled. */
function underline({ schedule }: ScheduleOverlay, where: Range, columns: number): Line[] {
  const text = lineText(schedule);
  if (width(text) + label.length > columns) return [];
  const start = label.length + width(text.slice(0, where.start));
  const size = Math.max(1, width(text.slice(where.start, where.end)));
  return [[toned(' '.repeat(start) + '^'.repeat(size), 'bad')]];
}

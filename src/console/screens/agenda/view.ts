/** Firings per minute as a strip, an hour a row, and the busiest minutes with their jobs. */

import { counted } from '../../../base/counted.ts';
import { type Agenda, type BusyMinute, millisFromInstant } from '../../../schedule/index.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { bar, fillRows, fitLine, from, rule, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock, shortSpan } from '../../../view/short.ts';
import {
  firingJobs,
  hourOfMinutes,
  mostTo,
  quarters,
  type StripRow,
  stripOf,
} from '../../../view/strip.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { bodyRows } from '../../state/layout.ts';
import type { AgendaScreen, State } from '../../state/model.ts';

export const agendaKeys = memo(
  (agenda: Agenda | null): Rows =>
    keysOf((agenda?.busiest ?? []).map(({ minute }) => String(minute))),
);

const hoursOf = memo((agenda: Agenda | null, zone: string): readonly StripRow[] =>
  agenda === null ? [] : stripOf(agenda, hourOfMinutes, zone),
);

/** From here on the busiest minutes stand at the right of the hours, not below them. */
const besideFrom = 150;
const isWide = ({ columns }: State): boolean => columns >= besideFrom;

/** Rows for the hours, and for the busiest minutes. */
export function agendaRows(
  state: State,
  { agenda }: AgendaScreen,
): { readonly strip: number; readonly busiest: number } {
  if (isWide(state)) return { strip: bodyRows(state) - 1, busiest: bodyRows(state) - 1 };
  const body = Math.max(2, bodyRows(state) - 3);
  const hours = hoursOf(agenda, zoneOfTimes(state)).length;
  const least = Math.max(1, Math.min(agenda?.busiest.length ?? 1, Math.floor(body * 0.3)));
  const strip = Math.max(1, Math.min(hours, body - least));
  return { strip, busiest: body - strip };
}

/** The hours, how many rows they have, and which is on top: all of them come into sight. */
export function hoursShown(
  state: State,
  screen: AgendaScreen,
): { readonly hours: readonly StripRow[]; readonly strip: number; readonly top: number } {
  const hours = hoursOf(screen.agenda, zoneOfTimes(state));
  const { strip } = agendaRows(state, screen);
  const last = Math.max(0, hours.length - strip);
  const wanted = screen.inPane ? (screen.top ?? 0) : hourOfCursor(hours, screen) - (strip >> 1);
  return { hours, strip, top: Math.max(0, Math.min(last, wanted)) };
}

/** The hour of the minute under the cursor: the list and the hours tell of the same. */
const hourOfCursor = (hours: readonly StripRow[], { cursor }: AgendaScreen): number => {
  if (cursor.key === null) return 0;
  const at = millisFromInstant(BigInt(cursor.key));
  return hours.findLastIndex((hour) => hour.at <= at);
};

export function agendaTitle(state: State, screen: AgendaScreen): Line {
  const { what, hours: length, agenda } = screen;
  const total = agenda === null ? '' : ` · ${counted(agenda.total, 'run')}`;
  const more = isWide(state) ? `${hiddenHours(state, screen)}${zoneOfServer(state)} · ` : '';
  return spread(
    [
      plain(' '),
      bold('Agenda'),
      quiet(`  ${what}, next ${length} h${total}${worstText(state, agenda)}`),
    ],
    [quiet(`  ${more}${zoneText(state)} `)],
    state.columns,
  );
}

/** ` · 38 at once to cache-manager at 00:00:00`: the host that is called most in one second. */
function worstText(state: State, agenda: Agenda | null): string {
  const [worst] = agenda?.hosts ?? [];
  if (!isWide(state) || worst === undefined || worst.atOnce < 2) return '';
  const at = shortClock(millisFromInstant(worst.second), state.now, zoneOfTimes(state));
  return ` · ${worst.atOnce} at once to ${clean(worst.host)} at ${at}`;
}

function hiddenHours(state: State, screen: AgendaScreen): string {
  const { hours, strip } = hoursShown(state, screen);
  return hours.length > strip ? `${strip} of ${hours.length} hours show: tab · ` : '';
}

/** What schedules without a zone are read by. */
const zoneOfServer = ({ setting }: State): string => `server’s zone assumed: ${setting.serverZone}`;

export function agendaBody(state: State, screen: AgendaScreen): Line[] {
  if (screen.agenda === null) return [[quiet('  computing the agenda…')]];
  const strip = stripLines(state, screen);
  const busiest = busiestLines(state, screen);
  const word = `busiest minutes ─ ${hiddenHours(state, screen)}${zoneOfServer(state)}`;
  if (!isWide(state)) return [...strip, rule(state.columns, word), ...busiest];
  return strip.map((line, at) => [...fitLine(line, stripColumns), quiet('│'), ...busiest[at]!]);
}

const labelColumns = 12;
const stripColumns = 82;

/** The hours below where their quarters stand. */
function stripLines(state: State, screen: AgendaScreen): Line[] {
  const { hours, strip, top } = hoursShown(state, screen);
  const zone = zoneOfTimes(state);
  const labels = hours.map(({ at }) => hourLabel(at, state.now, zone));
  const wide = labels.reduce((most, label) => Math.max(most, label.length), labelColumns);
  const rows = hours.slice(top, top + strip).map(({ bars, total }, row): Line => {
    const label = labels[top + row]!.padStart(wide);
    return [bar(screen.inPane), quiet(`${label} `), ...bars, plain(`  ${total}`)];
  });
  const head = { ...quiet(`${' '.repeat(wide + 2)}${quarters}`), entry: true } as const;
  return [[head], ...fillRows(rows, strip)];
}

/** Hours have no seconds. */
const hourLabel = (at: number, now: number, zone: string): string =>
  shortClock(at, now, zone).replace(/^(\d\d:\d\d):\d\d/, '$1');

/** A host is shown where one is called. */
const hasHosts = (agenda: Agenda | null): boolean => (agenda?.hosts.length ?? 0) > 0;

const peakWidths = (state: State, agenda: Agenda | null): Width[] => {
  const host = hasHosts(agenda) ? (isWide(state) ? 30 : 20) : 0;
  const used = 3 + labelColumns + 3 + 2 + 9 + 2 + 7 + 2 + (host === 0 ? 0 : host + 2);
  const columns = isWide(state) ? state.columns - stripColumns - 1 : state.columns;
  return [
    { width: labelColumns + 3, align: 'right' },
    { width: 9 },
    { width: 7, align: 'right' },
    ...(host === 0 ? [] : [{ width: host }]),
    { width: Math.max(8, columns - used) },
  ];
};

const namesOf = (peak: BusyMinute): string => firingJobs(peak).join(', ');

/** How much wider than their place the names are of the minute that most jobs run in. */
export const agendaOverhang = (state: State, { agenda }: AgendaScreen): number =>
  (agenda?.busiest ?? []).reduce(
    (most, peak) => Math.max(most, width(namesOf(peak)) - peakWidths(state, agenda).at(-1)!.width),
    0,
  );

function busiestLines(state: State, screen: AgendaScreen): Line[] {
  const { busiest } = agendaRows(state, screen);
  const keys = agendaKeys(screen.agenda);
  const { start, end } = windowOf(screen.cursor, keys, busiest);
  const { agenda } = screen;
  const widths = peakWidths(state, agenda);
  const columns = isWide(state) ? state.columns - stripColumns - 1 : state.columns;
  const zone = zoneOfTimes(state);
  const rows = (screen.agenda?.busiest ?? []).slice(start, end).map((peak) => {
    const at = millisFromInstant(peak.minute);
    const content = cells(
      [
        plain(shortClock(at, state.now, zone)),
        quiet(`in ${shortSpan(at - state.now)}`),
        bold(String(peak.firings)),
        ...(hasHosts(agenda) ? [plain(clean(mostTo(peak.host)))] : []),
        plain(from(clean(namesOf(peak)), screen.left ?? 0)),
      ],
      widths,
    );
    const cursor = String(peak.minute) === screen.cursor.key;
    return row(content, { cursor, marked: false, columns, dull: screen.inPane });
  });
  const titles = ['WHEN', '', 'RUNS', ...(hasHosts(agenda) ? ['AT ONCE TO'] : []), 'JOBS'];
  const head = cells(titles.map(quiet), widths);
  return [[plain('   '), ...head], ...fillRows(rows, busiest)];
}

/** Firings per minute as a strip, an hour a row, and the busiest minutes with their jobs. */
import { type Agenda, type BusyMinute, millisFromInstant } from '../../schedule/index.ts';
import { type Keys, keysOf, windowOf } from '../cursor.ts';
import { bodyRows } from '../layout.ts';
import { bold, type Line, plain, quiet } from '../line.ts';
import { memo } from '../memo.ts';
import type { AgendaScreen, State } from '../model.ts';
import { shortClock, shortSpan } from '../short.ts';
import { fillRows, fitLine, rule, spread } from './compose.ts';
import { hourOfMinutes, quarters, stripOf } from './strip.ts';
import { row } from './table.ts';

export const agendaKeys = memo(
  (agenda: Agenda | null): Keys =>
    keysOf((agenda?.busiest ?? []).map(({ minute }) => String(minute))),
);

/** `zones`, or `zones ×12` for a job that fires more than once within the minute. */
export const firingJobs = ({ jobs }: BusyMinute): string[] =>
  jobs.map(({ name, firings }) => (firings > 1 ? `${name} ×${firings}` : name));

/** Rows of the strip, and rows below for the busiest minutes. */
export function agendaRows(state: State): { readonly strip: number; readonly busiest: number } {
  const body = bodyRows(state) - 3;
  const busiest = Math.min(10, Math.max(2, Math.floor(body * 0.4)));
  return { strip: Math.max(1, body - busiest), busiest };
}

export function agendaTitle(state: State, { what, hours, agenda }: AgendaScreen): Line {
  const total = agenda === null ? '' : ` · ${agenda.total} firings`;
  return spread(
    [plain(' '), bold('Agenda'), quiet(`  ${what}, next ${hours} h${total}`)],
    [quiet(`server’s zone taken as ${state.setting.serverZone} `)],
    state.columns,
  );
}

export function agendaBody(state: State, screen: AgendaScreen): Line[] {
  const { agenda } = screen;
  if (agenda === null) return [[quiet('  working it out…')]];
  const { strip, busiest } = agendaRows(state);
  const keys = agendaKeys(agenda);
  const { start, end } = windowOf(screen.cursor, keys, busiest);
  const peaks = agenda.busiest.slice(start, end).map((peak) => {
    const at = millisFromInstant(peak.minute);
    const content: Line = [
      plain(shortClock(at, state.now).padStart(12)),
      quiet(`  in ${shortSpan(at - state.now)}`.padEnd(11)),
      bold(String(peak.firings).padStart(6)),
      plain(`  ${firingJobs(peak).join(', ')}`),
    ];
    const cursor = String(peak.minute) === screen.cursor.key;
    return row(content, { cursor, marked: false, columns: state.columns });
  });
  return [
    ruler,
    ...fillRows(stripLines(agenda, state, strip), strip),
    rule(state.columns, 'busiest minutes'),
    [quiet('             WHEN            FIRINGS  JOBS')],
    ...fillRows(peaks, busiest),
  ];
}

/** Where the quarters of an hour stand. */
const ruler: Line = [quiet(`${' '.repeat(14)}${quarters}`)];

/** The hours of the agenda; when there are more than rows, those that fire most, in order. */
function stripLines(agenda: Agenda, state: State, rows: number): Line[] {
  const hours = stripOf(agenda, hourOfMinutes);
  const busiest = [...hours].sort((a, b) => b.total - a.total || a.at - b.at).slice(0, rows);
  const shown = new Set(busiest);
  return hours
    .filter((hour) => shown.has(hour))
    .map(({ at, bars, total }) =>
      fitLine(
        [quiet(`${shortClock(at, state.now).padStart(12)}  `), ...bars, plain(`  ${total}`)],
        state.columns,
      ),
    );
}

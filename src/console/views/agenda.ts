/** Firings per minute as a strip, an hour a row, and the busiest minutes with their jobs. */
import { type Agenda, millisFromInstant } from '../../schedule/index.ts';
import { type Keys, keysOf, windowOf } from '../cursor.ts';
import { bodyRows } from '../layout.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { AgendaScreen, State } from '../model.ts';
import { shortClock, shortSpan } from '../short.ts';
import { fillRows, fitLine, rule, spread } from './compose.ts';
import { row } from './table.ts';

const hour = 3_600_000;
const bars = ' ▁▂▃▄▅▆▇█';

export const agendaKeys = memo(
  (agenda: Agenda | null): Keys =>
    keysOf((agenda?.busiest ?? []).map(({ minute }) => String(minute))),
);

/** Rows of the strip, and rows below for the busiest minutes. */
export function agendaRows(state: State): { readonly strip: number; readonly busiest: number } {
  const body = bodyRows(state) - 3;
  const busiest = Math.min(10, Math.max(2, Math.floor(body * 0.4)));
  return { strip: Math.max(1, body - busiest), busiest };
}

export function agendaTitle(state: State, { names, what, hours, agenda }: AgendaScreen): Line {
  const total = agenda === null ? '' : ` · ${agenda.total} firings`;
  return spread(
    [plain(' '), bold('Agenda'), quiet(`  ${names.length} ${what}, next ${hours} h${total}`)],
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
    const names = peak.jobs.map(({ name, firings }) =>
      firings > 1 ? `${name} ×${firings}` : name,
    );
    const content: Line = [
      plain(shortClock(at, state.now).padStart(12)),
      quiet(`  in ${shortSpan(at - state.now)}`.padEnd(11)),
      bold(String(peak.firings).padStart(6)),
      plain(`  ${names.join(', ')}`),
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
const ruler: Line = [quiet(`${' '.repeat(14)}:00            :15            :30            :45`)];

/** The hours of the agenda; when there are more than rows, those that fire most, in order. */
function stripLines(agenda: Agenda, state: State, rows: number): Line[] {
  const start = millisFromInstant(agenda.start);
  const first = Math.floor(start / hour) * hour;
  const offset = (start - first) / 60_000;
  const highest = agenda.firings.reduce((most, count) => Math.max(most, count), 1);
  const hours = Math.ceil((offset + agenda.firings.length) / 60);
  const lines = Array.from({ length: hours }, (_, at) => {
    const from = at * 60 - offset;
    const counts = Array.from({ length: 60 }, (_, minute) => agenda.firings[from + minute]);
    return { at, counts, total: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) };
  });
  const shown = new Set([...lines].sort((a, b) => b.total - a.total || a.at - b.at).slice(0, rows));
  return lines
    .filter((line) => shown.has(line))
    .map(({ at, counts, total }) =>
      fitLine(
        [
          quiet(`${shortClock(first + at * hour, state.now).padStart(12)}  `),
          ...counts.map((count) => bar(count, highest)),
          plain(`  ${total}`),
        ],
        state.columns,
      ),
    );
}

/** Minutes outside the agenda are blank; the highest are toned. */
function bar(count: number | undefined, highest: number): Span {
  if (count === undefined) return plain(' ');
  if (count === 0) return quiet('·');
  const glyph = bars[Math.max(1, Math.ceil((count / highest) * 8))] ?? '█';
  return count > highest * 0.75 && highest > 2 ? toned(glyph, 'attention') : plain(glyph);
}

/** What may be why a job fails, the nearest to its first failure first, and below the list all of it. */
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, fitLine, paragraph, spread } from '../../../view/compose.ts';
import { changeLines } from '../../../view/diff.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import type { Event } from '../../../why/events.ts';
import {
  distance,
  eventWords,
  gapWords,
  incidentWords,
  nothingWords,
  subject,
  whenWords,
} from '../../../why/words.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { State, WhyScreen } from '../../state/model.ts';
import { partBelow } from '../below.ts';

const eventsOf = memo((why: WhyScreen['why']): readonly Event[] =>
  why === null ? [] : [...why.before, ...why.after],
);

export const whyKeys = memo(
  (why: WhyScreen['why']): Rows => keysOf(eventsOf(why).map(({ id }) => id)),
);

/** What is under the cursor. */
export const eventAt = ({ why, cursor }: WhyScreen): Event | undefined =>
  eventsOf(why).find(({ id }) => id === cursor.key);

const clockOf =
  (state: State) =>
  (at: number): string =>
    shortClock(at, state.now, zoneOfTimes(state));

/** One event in a line, as a title. */
export const eventText = (state: State, event: Event): string =>
  clean(`${subject(event)}  ${whenWords(event, clockOf(state))}`);

export function whyTitle(state: State, { job }: WhyScreen): Line {
  return spread(
    [plain(' '), bold(clean(`Why ${job}`))],
    [quiet(`  ${zoneText(state)} `)],
    state.columns,
  );
}

const titles = ['BEFORE', 'JOB', 'WHAT'];

const widthsAt = memo((why: WhyScreen['why'], columns: number): Width[] => {
  const names = eventsOf(why).reduce((most, event) => Math.max(most, width(subject(event))), 3);
  const job = Math.min(names, Math.max(12, Math.floor(columns * 0.35)));
  return [
    { width: 11, align: 'right' },
    { width: job },
    { width: Math.max(4, columns - 3 - 11 - 2 - job - 2) },
  ];
});

interface WhyRows {
  /** Of the line that says since when it fails: none on a terminal that has no other row. */
  readonly head: number;
  readonly list: number;
  readonly diff: number;
}

/** Rows of the parts; words that stand in place of a list take a few. */
export function whyRows(state: State, { why }: WhyScreen): WhyRows {
  const { list, diff } = planRows(state, Math.max(3, whyKeys(why).keys.length));
  if (diff > 0) return { head: 1, list, diff: diff - 1 };
  return list > 1 ? { head: 1, list: list - 1, diff } : { head: 0, list, diff };
}

export function whyBody(state: State, screen: WhyScreen): Line[] {
  const { columns } = state;
  const { why, cursor, inPane } = screen;
  const keys = whyKeys(why);
  const { head, list: height, diff: under } = whyRows(state, screen);
  const widths = widthsAt(why, columns);
  const { start, end } = windowOf(cursor, keys, height);
  const rows = eventsOf(why)
    .slice(start, end)
    .map((event) =>
      row(cells(spansOf(state, screen, event), widths), {
        cursor: event.id === cursor.key,
        marked: false,
        columns,
        dull: inPane,
      }),
    );
  return [
    ...(head > 0 ? [headLine(state, why)] : []),
    [plain('   '), ...cells(titles.map(quiet), widths)],
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, columns), height),
    ...(under > 0
      ? partBelow(paneOf(state, screen), 'all of it', screen, { rows: under, columns })
      : []),
    lastLine(screen, columns),
  ];
}

function spansOf(state: State, { why }: WhyScreen, event: Event): Span[] {
  const words = clean(eventWords(event, why!.incident, clockOf(state)));
  return [
    plain(distance(event, why!.incident)),
    plain(clean(subject(event))),
    event.kind === 'failing' ? quiet(words) : plain(words),
  ];
}

function emptyLines({ why, none }: WhyScreen, columns: number): Line[] {
  const look = none?.failed === true ? (text: string): Span => toned(text, 'bad') : plain;
  const text =
    none?.text ??
    (why === null ? 'looking through runs, snapshots and journal…' : nothingWords(why));
  return paragraph(clean(text), columns - 6).map((line) => [look(`   ${line}`)]);
}

/** When it was, what it was, and all that it changed. */
export function paneOf(state: State, screen: WhyScreen): Line[] {
  const event = eventAt(screen);
  if (event === undefined || screen.why === null) return [];
  const columns = state.columns - 1;
  const words = `${whenWords(event, clockOf(state))}: ${eventWords(event, screen.why.incident, clockOf(state))}`;
  return [
    ...paragraph(clean(words), columns - 2).map((line): Line => [plain(` ${line}`)]),
    ...(event.kind === 'edit' ? changeLines(event.changes, columns) : []),
  ];
}

const headLine = (state: State, why: WhyScreen['why']): Line =>
  why === null
    ? []
    : fitLine([plain(` ${clean(incidentWords(why.incident, clockOf(state)))}`)], state.columns);

function lastLine({ why }: WhyScreen, columns: number): Line {
  const gaps = why === null ? [] : gapWords(why);
  return fitLine([quiet(gaps.length === 0 ? '' : ` ${clean(gaps.join(' · '))}`)], columns);
}

/** Two runs of a job: what is known of both above, below it how their outputs differ. */
import { compareRuns } from '../../../runs/compare.ts';
import { cellsThatDiffer, headLines, rowLine } from '../../../runs/report.ts';
import { width } from '../../../terminal/cell.ts';
import { blank, fillRows, fitLine, paragraph, rule, spread } from '../../../view/compose.ts';
import { changeLines } from '../../../view/diff.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock } from '../../../view/short.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { bodyRows, firstShown } from '../../state/layout.ts';
import type { RunComparisonScreen, State } from '../../state/model.ts';

const comparedOf = memo(compareRuns);

/** Cells before the text of a row. */
const sign = 2;
export const rowColumns = ({ columns }: State): number => Math.max(1, columns - sign - 1);

export interface Shown {
  /** Lines above the rows of the difference. */
  readonly head: readonly Line[];
  readonly compared: ReturnType<typeof comparedOf>;
}

/** Null while they are read, and where they cannot be. */
export function shownOf(state: State, { job, runs }: RunComparisonScreen): Shown | null {
  if (runs === null) return null;
  const zone = zoneOfTimes(state, state.jobs.byName.get(job)?.job);
  const compared = comparedOf(runs);
  return { compared, head: headOf(compared, state.columns, bodyRows(state), zone, dayOf(state)) };
}

/** What a clock shows changes with the day. */
const dayOf = ({ now }: State): number => now - (now % 3_600_000);

const headOf = memo(
  (
    compared: Shown['compared'],
    columns: number,
    rows: number,
    zone: string,
    now: number,
  ): readonly Line[] => {
    const lines = headLines(compared, {
      clock: (at) => shortClock(at, now, zone),
      columns: columns - 1,
      room: Math.max(8, Math.min(40, Math.floor((columns - 15) / 2))),
      changes: (changes) => some(changeLines(changes, columns - 1), rows),
    });
    const { places, rows: found } = compared.output;
    const word = places.length === 0 ? '' : ': − the older run, + the newer one';
    return [
      ...lines.map((line) => fitLine(line, columns)),
      found.length === 0 ? blank : rule(columns, `output${word}`),
    ];
  },
);

/** So many of them that the first difference of the outputs is in sight, too. */
function some(lines: readonly Line[], rows: number): readonly Line[] {
  const most = Math.max(1, rows - 17);
  if (lines.length <= most + 1) return lines;
  return [
    ...lines.slice(0, most),
    [quiet(`   … ${lines.length - most} more lines; L has them all`)],
  ];
}

export function runComparisonTitle(state: State, screen: RunComparisonScreen): Line {
  const { job, at, runs } = screen;
  const places = runs === null ? 0 : comparedOf(runs).output.places.length;
  return spread(
    [plain(' '), bold('Compare runs'), plain(`  ${job}`)],
    [
      quiet(places === 0 ? '' : `  difference ${at + 1} of ${places}`),
      quiet(`  ${zoneText(state)} `),
    ],
    state.columns,
  );
}

export const lineCount = ({ head, compared }: Shown): number =>
  head.length + compared.output.rows.length;

export const topOf = (state: State, { top }: RunComparisonScreen, shown: Shown): number =>
  firstShown(top, lineCount(shown), bodyRows(state));

export function runComparisonBody(state: State, screen: RunComparisonScreen): Line[] {
  const height = bodyRows(state);
  const shown = shownOf(state, screen);
  if (shown === null) {
    const { problem } = screen;
    if (problem === undefined) return fillRows([[quiet('   reading both runs…')]], height);
    const lines = paragraph(problem, state.columns - 6);
    return fillRows(
      lines.map((text) => [toned(`   ${text}`, 'bad')]),
      height,
    );
  }
  const { head, compared } = shown;
  const top = topOf(state, screen, shown);
  const from = Math.max(0, top - head.length);
  const rows = compared.output.rows.slice(from, from + height);
  const window = { left: screen.left ?? 0, columns: rowColumns(state) };
  return fillRows(
    [...head.slice(top), ...rows.map((row) => fitLine(rowLine(row, window), state.columns))],
    height,
  );
}

/** How many cells the longest row has too many. */
export const overhang = (state: State, screen: RunComparisonScreen): number =>
  screen.runs === null ? 0 : Math.max(0, widest(comparedOf(screen.runs)) - rowColumns(state));

const widest = memo(({ output }: Shown['compared']): number =>
  output.rows.reduce((most, { text }) => Math.max(most, width(text)), 0),
);

/** The screen with that difference in sight: from the first line on where it is seen from there. */
export function atPlace(
  state: State,
  screen: RunComparisonScreen,
  at: number,
): RunComparisonScreen {
  const shown = shownOf(state, screen);
  const place = shown?.compared.output.places[at];
  if (shown === null || place === undefined) return screen;
  const line = shown.head.length + place;
  const height = bodyRows(state);
  const isSeenFrom = (top: number): boolean => line >= top && line + 1 < top + height;
  const top = isSeenFrom(0) ? 0 : isSeenFrom(screen.top) ? screen.top : Math.max(0, line - 4);
  const [from] = cellsThatDiffer(shown.compared.output.rows[place]!);
  const columns = rowColumns(state);
  return { ...screen, at, top, left: from < columns - 8 ? 0 : from - (columns >> 1) };
}

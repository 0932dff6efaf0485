/** When a job changed, newest first, and the difference that the step under the cursor made. */
import { counted } from '../../../base/counted.ts';
import type { FieldChange } from '../../../job/compare.ts';
import { maskChange } from '../../../job/mask.ts';
import { same } from '../../../journal/history/seen.ts';
import type { Step } from '../../../journal/history/steps.ts';
import type { History } from '../../../snapshot/history/history.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, fitLine, from, paragraph, spread } from '../../../view/compose.ts';
import { changeLines, differenceOverhang } from '../../../view/diff.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortClock } from '../../../view/short.ts';
import { changesText, stepWord, whenText } from '../../../view/step.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { HistoryScreen, State } from '../../state/model.ts';
import { partBelow } from '../below.ts';

export const historyKeys = memo(
  (history: HistoryScreen['history']): Rows => keysOf((history?.steps ?? []).map(({ id }) => id)),
);

export const historyTitle = (state: State, { job, history }: HistoryScreen): Line =>
  spread(
    [
      plain(' '),
      bold(`History of ${job}`),
      quiet(
        history === null
          ? ''
          : `  over ${counted(history.snapshots, 'snapshot')}${state.columns >= 110 ? ` and ${counted(history.changes, 'change')} in the journal` : ''}`,
      ),
    ],
    [quiet(`  ${zoneText(state)} `)],
    state.columns,
  );

/** When the step happened, as the screen tells times. */
export const whenOf = (state: State, step: Step): string =>
  whenText(step, (at) =>
    step.source.kind === 'server' && at === step.by && state.link.kind !== 'lost'
      ? 'now'
      : shortClock(at, state.now, zoneOfTimes(state)),
  );

const titles: readonly string[] = ['WHEN', 'WHAT', 'FIELDS', 'WHO'];

/** Who made a change shows where there is room for it; the fields take what is left. */
function widthsAt(columns: number): Width[] {
  const who = columns >= 110 ? 24 : 0;
  const when = columns >= 110 ? 35 : Math.min(27, Math.floor(columns * 0.34));
  const fields = columns - 3 - when - 2 - 10 - 2 - (who > 0 ? who + 2 : 0);
  return [
    { width: when },
    { width: 10 },
    { width: Math.max(6, fields) },
    ...(who > 0 ? [{ width: who }] : []),
  ];
}

export function historyBody(state: State, screen: HistoryScreen): Line[] {
  const { columns } = state;
  const { history, cursor, inPane } = screen;
  const keys = historyKeys(history);
  const { list: height, diff: under } = planRows(state, keys.keys.length);
  const widths = widthsAt(columns);
  const { start, end } = windowOf(cursor, keys, height);
  const steps = history?.steps.slice(start, end) ?? [];
  const rows = steps.map((step) =>
    row(
      cells(
        stepSpans(state, step, inPane ? 0 : (screen.left ?? 0)).slice(0, widths.length),
        widths,
      ),
      {
        cursor: step.id === cursor.key,
        marked: false,
        columns,
        dull: inPane,
      },
    ),
  );
  return [
    [plain('   '), ...cells(titles.slice(0, widths.length).map(quiet), widths)],
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, columns), height),
    ...(under > 0
      ? partBelow(differenceOf(state, screen), 'difference', screen, { rows: under, columns })
      : []),
    lastLine(state, screen),
  ];
}

const stepSpans = (state: State, step: Step, left: number): Span[] => [
  plain(whenOf(state, step)),
  plain(stepWord(step)),
  quiet(from(fieldsOf(step), left)),
  quiet(step.who ?? ''),
];

/** Of a job that came or went all fields did. */
const fieldsOf = (step: Step): string =>
  step.kind === 'changed' ? clean(changesText(maskedOf(step))) : '';

/** What the step changed, without credentials. */
export const maskedOf = memo((step: Step): readonly FieldChange[] => step.changes.map(maskChange));

function emptyLines({ history, problem }: HistoryScreen, columns: number): Line[] {
  if (problem !== undefined)
    return paragraph(problem, columns - 6).map((line) => [toned(`   ${line}`, 'bad')]);
  if (history === null) return [[quiet('   reading snapshots and journal…')]];
  return [[quiet('   No snapshot has this job yet, and the journal does not know it.')]];
}

const stepHere = ({ history, cursor }: HistoryScreen): Step | undefined =>
  history?.steps.find(({ id }) => id === cursor.key);

/** All lines of the difference that the step under the cursor made. */
export function differenceOf(state: State, screen: HistoryScreen): Line[] {
  const step = stepHere(screen);
  const left = screen.inPane ? (screen.left ?? 0) : 0;
  return step === undefined ? [] : changeLines(maskedOf(step), state.columns - 1, left);
}

/** How much wider than its place the widest text is that can be scrolled sideways. */
export function overhang(state: State, screen: HistoryScreen): number {
  const step = stepHere(screen);
  if (screen.inPane)
    return step === undefined ? 0 : differenceOverhang(maskedOf(step), state.columns - 1);
  const room = widthsAt(state.columns)[2]!.width;
  return (screen.history?.steps ?? []).reduce(
    (most, one) => Math.max(most, width(fieldsOf(one)) - room),
    0,
  );
}

/** Where the job can be had from as it was then, and what could not be read. */
function lastLine(state: State, screen: HistoryScreen): Line {
  const { columns } = state;
  const { history } = screen;
  const step = stepHere(screen);
  const now = state.jobs.byName.get(screen.job) ?? null;
  const from =
    step === undefined || step.to === null ? '' : ` ${holdersOf(step, same(step.to, now))}`;
  const unread = history === null ? '' : unreadText(history);
  return fitLine([quiet(from), toned(unread, 'attention')], columns);
}

function unreadText({ passedOver, unreadable }: History): string {
  const [first] = passedOver;
  const what = [
    ...(first === undefined
      ? []
      : [
          `${counted(passedOver.length, 'snapshot')} cannot be read (${first.snapshot}: ${first.why})`,
        ]),
    ...(unreadable.length === 0
      ? []
      : [`${counted(unreadable.length, 'entry', 'entries')} of the journal cannot be read`]),
  ];
  return clean(what.map((text) => ` · ${text}`).join(''));
}

function holdersOf({ snapshot, source }: Step, isNow: boolean): string {
  const holders = [
    ...(isNow ? ['the server now'] : []),
    ...(snapshot === null ? [] : [snapshot]),
    ...(snapshot === null && source.kind === 'journal' ? ['the journal'] : []),
  ];
  return `as in ${holders.join(' and ')}`;
}

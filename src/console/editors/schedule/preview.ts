/** What a schedule that is typed means: in words, and its next runs beside those of the one that is there. */
import type { Job } from '../../../job/job.ts';
import { findingWords } from '../../../job/lint/finding.ts';
import type { Around as JudgedAmong } from '../../../job/lint/lint.ts';
import { overrunFindings } from '../../../job/lint/run-times.ts';
import { scheduleFindings } from '../../../job/lint/schedule.ts';
import { ttlFindings } from '../../../job/lint/ttl.ts';
import type { RunTimes } from '../../../job/run-times/times.ts';
import { everyNext, windowOf } from '../../../job/runs.ts';
import {
  type Calm,
  type Imported,
  instantFromMillis,
  type ParsedSchedule,
  parseSchedule,
  rateOf,
  rateText,
  wordsOf,
} from '../../../schedule/index.ts';
import { lineText } from '../../../terminal/line.ts';
import { fillRows, fitSpan, paragraph } from '../../../view/compose.ts';
import { levelTones } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { type RunsAsked, runTimes } from '../../../view/run-times.ts';
import { contextOf } from '../../../view/schedule-context.ts';
import { aroundOf } from '../../state/around.ts';
import { calmNow, countedNow, wantedCrowd } from '../../state/counting.ts';
import type { Counted } from '../../state/crowd.ts';
import type { ScheduleOverlay, State } from '../../state/model.ts';
import { offerFor } from './keys.ts';
import { stampedeLines } from './stampede.ts';

type Valid = Extract<ParsedSchedule, { valid: true }>;
type Around = Pick<State, 'now' | 'setting' | 'server'>;

const runsIndent = ' '.repeat(8);

export const preview = (
  state: State,
  { seen, schedule, zone }: ScheduleOverlay,
): readonly Line[] => {
  const { now, setting, server, columns } = state;
  const kept = state.ttls === undefined ? null : aroundOf(state);
  return lines(
    kept,
    seen,
    lineText(schedule),
    lineText(zone),
    now,
    setting,
    server,
    columns,
    runsIn(state),
    wantedCrowd(state) === null ? undefined : countedNow(state),
    calmNow(state),
    state.times.get(seen.name),
  );
};

/**
 * What Dkron says of a schedule that it refuses, then the next runs of the one that is there: in as many lines as
 * the preview of most schedules, so that the jobs below stay where they are while one types.
 */
export function aboveCurrent(
  state: State,
  { seen }: ScheduleOverlay,
  refused: readonly Line[],
): readonly Line[] {
  const { now, setting, server, columns } = state;
  const count = runsIn(state);
  const runs = currentColumn(seen, now, setting, server, count);
  const left = Math.max(0, count + besidesRuns - refused.length);
  // Its head alone says nothing.
  const current = left < 2 ? [] : twoColumns(columns, [quiet('now'), ...runs.map(quiet)], []);
  return [...refused, ...fillRows(current, left)];
}

/** The words, the heads of the columns, how often, whom it joins. */
const besidesRuns = 4;

const runsIn = ({ rows }: State): number => (rows >= 30 ? 5 : 3);

/** Worked out once a text and a second, and not for a key that only moves in it. None for what Dkron refuses. */
const lines = memo(
  (
    /** What it is judged by besides its text, where there is a table of TTLs. */
    kept: JudgedAmong | null,
    seen: Job,
    spec: string,
    timezone: string,
    now: number,
    setting: State['setting'],
    server: State['server'],
    columns: number,
    runs: number,
    /** Null while it is counted; undefined where nothing is to be counted. */
    counted: Counted | null | undefined,
    calm: Calm | null,
    times: RunTimes | undefined,
  ): readonly Line[] => {
    const around: Around = { now, setting, server };
    const context = contextOf(around, { ...seen, timezone });
    const parsed = parseSchedule(spec, context);
    if (!parsed.valid) return [];
    const before = currentColumn(seen, now, setting, server, runs);
    const after = column(around, parsed, { ...windowOf(seen, now), count: runs });
    const effective = parsed.effective === spec ? [] : [quiet(`   runs as ${parsed.effective}`)];
    const offer = offerFor(around, spec);
    const typed = { ...seen, schedule: spec, timezone };
    const by = {
      now: instantFromMillis(now),
      serverZone: setting.serverZone,
      version: server?.version,
      times: new Map(times === undefined ? [] : [[seen.name, times] as const]),
    };
    const findings = [
      ...scheduleFindings(spec, context, by.now),
      ...overrunFindings(typed, by),
      ...(kept === null ? [] : ttlFindings(typed, kept)),
    ];
    return [
      [quiet('   '), plain(wordsOf(parsed.schedule)), ...effective],
      ...(offer.kind === 'choice' ? choiceLines(offer.readings) : []),
      ...twoColumns(
        columns,
        [quiet('now'), ...before.map(quiet)],
        [quiet('new'), ...after.map(plain)],
      ),
      ...(counted === undefined
        ? []
        : stampedeLines(
            { seen, spec, parsed, now, serverZone: setting.serverZone },
            counted,
            calm,
          )),
      ...findings.flatMap((found) => said(findingWords(found), levelTones[found.level], columns)),
    ];
  },
);

/** Two columns of runs stand beside each other in 80 cells. */
function twoColumns(columns: number, left: readonly Span[], right: readonly Span[]): Line[] {
  const half = Math.floor((columns - runsIndent.length - 2) / 2);
  const none = plain('');
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, at): Line => [
      plain(runsIndent),
      fitSpan(left[at] ?? none, half),
      plain('  '),
      right[at] ?? none,
    ],
  );
}

/** Worked out once a second, not for each key. */
const currentColumn = memo(
  (
    seen: Job,
    now: number,
    setting: State['setting'],
    server: State['server'],
    count: number,
  ): readonly string[] => {
    const around: Around = { now, setting, server };
    const parsed = parseSchedule(seen.schedule, contextOf(around, seen));
    if (!parsed.valid) return ['not valid on this server'];
    const { from, until } = windowOf(seen, now);
    // A run that is known from the server.
    const anchor = everyNext(seen, parsed.effective, from);
    const start = anchor === null ? from : anchor - intervalOf(parsed.schedule);
    return column(around, parsed, { from: start, until, count });
  },
);

/** Runs within the job's own time, and how often that is. */
function column(
  { now, setting: { serverZone } }: Around,
  { schedule }: Valid,
  asked: Pick<RunsAsked, 'from' | 'until' | 'count'>,
): string[] {
  const runs = runTimes(schedule, { ...asked, now, serverZone });
  return [...runs, rateText(rateOf(schedule, instantFromMillis(now)))];
}

const intervalOf = (schedule: Valid['schedule']): number =>
  schedule.kind === 'every' ? schedule.interval * 1_000 : 0;

/** Two crons read it in different ways; Dkron may take it as it is in one of them. */
export const choiceLines = (
  readings: Extract<Imported, { kind: 'choice' }>['readings'],
): Line[] => [
  [bold('   ctrl-t'), quiet(' chooses: crons read it in different ways')],
  ...readings.map(
    ({ from, schedule }): Line => [quiet(`          as ${from.padEnd(8)} `), plain(schedule)],
  ),
];

export const said = (text: string, tone: Tone, columns: number): Line[] =>
  paragraph(text, columns - 6).map(
    (line, at): Line => [
      toned(`   ${tone === 'attention' ? (at === 0 ? '! ' : '  ') : ''}${line}`, tone),
    ],
  );

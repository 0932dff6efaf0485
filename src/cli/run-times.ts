/** `jobs --times` and `job --times`: how long runs take, and which jobs take too long. */
import type { Job } from '../job/job.ts';
import type { ReadBy } from '../job/lint/pauses.ts';
import { type Foretold, foretold } from '../job/run-times/overrun.ts';
import { type Slow, slowOf } from '../job/run-times/slow.ts';
import { isFailure, type RunTimes, tookOf, type Usual, usualOf } from '../job/run-times/times.ts';
import { toldOf } from '../job/run-times/told.ts';
import { tookText } from '../job/run-times/words.ts';
import { type JobStatus, jobStatus, type Standings, standingOf } from '../job/status.ts';
import type { KnownTimes } from '../oversight/kept-times.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { statusSpan } from '../view/job-columns.ts';
import { bold, plain, quiet, type Span, toned } from '../view/line.ts';
import { sparkText } from '../view/spark.ts';
import type { Invocation } from './invocation.ts';
import { type Column, printJson, printTable } from './output.ts';

export const timesOption = [
  '--times',
  'how long runs take in place of the rest: median, p95 and longest of the last 30, and what is too long',
] as const;

interface Timed {
  readonly job: Job;
  readonly status: JobStatus;
  readonly times: RunTimes | undefined;
  readonly usual: Usual | null;
  readonly slow: Slow | null;
  readonly overrun: Foretold | null;
  readonly words: string;
}

/** Of these jobs, the slowest first. */
export function printTimes(
  { io, json, target: { serverZone } }: Pick<Invocation, 'io' | 'json' | 'target'>,
  jobs: readonly Job[],
  { standings, times }: { readonly standings: Standings; readonly times: KnownTimes },
): void {
  const by: ReadBy = { now: instantFromMillis(Date.now()), serverZone };
  const rows = jobs
    .map((job): Timed => {
      const known = times.get(job.name);
      const usual = (known && usualOf(known)) ?? null;
      const slow = usual && known ? slowOf(known) : null;
      return {
        job,
        status: jobStatus(job, standingOf(standings, job.name)),
        times: known,
        usual,
        slow,
        overrun: usual && foretold(job, slow?.now ?? usual.median, by),
        words: toldOf(job, known, by)?.wrong.join('; ') ?? '',
      };
    })
    .sort((a, b) => (b.usual?.median ?? -1) - (a.usual?.median ?? -1));
  if (json) printJson(io, rows.map(asJson));
  else printTable(io, columns, rows);
}

/** All times in ms; null is what is not known, and what is not so. */
const asJson = ({ job, status, times, usual, slow, overrun }: Timed) => ({
  name: job.name,
  status,
  usual,
  slow,
  overrun,
  runs: times?.runs.map((run) => ({ took: tookOf(run), ok: !isFailure(run) })) ?? null,
});

const span = (of: (usual: Usual) => number) => ({
  align: 'right' as const,
  cell: ({ usual }: Timed): Span => (usual === null ? quiet('–') : plain(tookText(of(usual)))),
});

const columns: readonly Column<Timed>[] = [
  { title: 'JOB', cell: ({ job }) => bold(job.name) },
  { title: 'STATUS', cell: ({ status }) => statusSpan(status) },
  { title: 'USUAL', ...span(({ median }) => median) },
  { title: 'P95', ...span(({ p95 }) => p95) },
  { title: 'LONGEST', ...span(({ longest }) => longest) },
  { title: 'LAST 20 RUNS', cell: ({ times }) => plain(sparkText(times?.runs ?? [], 20)) },
  { title: 'TOO LONG', cell: ({ words }) => toned(words, 'attention') },
];

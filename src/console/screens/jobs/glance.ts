/** The job under the cursor in a few lines: what it calls, what its last run said, how it has been. */

import { counted } from '../../../base/counted.ts';
import { durationOf, lastWords, unfinished } from '../../../dkron/execution.ts';
import type { Execution } from '../../../dkron/shapes.ts';
import { targetText } from '../../../job/http.ts';
import type { Job } from '../../../job/job.ts';
import { lastRun } from '../../../job/runs.ts';
import { idle, jobStatus, type Standing, standingOf } from '../../../job/status.ts';
import { blank, fillRows } from '../../../view/compose.ts';
import { scheduleText, statusSpan } from '../../../view/job-columns.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { shortDuration, shortSpan } from '../../../view/short.ts';
import { barOf, failedBar } from '../../../view/spark.ts';
import { paneColumns } from '../../state/layout.ts';
import type { State } from '../../state/model.ts';
import type { Runs } from '../../state/runs.ts';
import { standingsIn } from '../../state/standings.ts';
import { troubleOf } from '../../state/troubles.ts';
import { detailsOf } from '../job/details.ts';

/** Durations of the runs as bars, oldest first; `╳` for those that failed, `░` for those without an end. */
export function sparkline(runs: readonly Execution[], count: number): Line {
  const last = runs.slice(0, count).reverse();
  const lengths = last.map(durationOf);
  const longest = Math.max(1, ...lengths);
  return last.map((run, at) => {
    if (unfinished(run)) return toned('░', 'attention');
    return run.success ? plain(barOf(lengths[at]! / longest)) : toned(failedBar, 'bad');
  });
}

const underCursor = (state: State): Job | undefined =>
  state.jobs.byName.get(state.screens[0].cursor.key ?? '')?.job;

const headLines = (state: State, job: Job): Line[] => {
  const runs = state.runs.get(job.name);
  const standing = standingOf(standingsIn(state), job.name);
  return [
    [plain(' '), ...(troubleWords(state, job, standing) ?? wordsOf(job, runs, standing))],
    [plain(' '), ...historyLine(job, runs)],
  ];
};

/** The job under the cursor in the three lines of the strip. */
export function glance(state: State, rows: number): Line[] {
  const job = underCursor(state);
  if (!job) return fillRows([], rows);
  if (state.jobs.earlier !== undefined) return fillRows(earlierLines(state, job), rows);
  const title: Line = [plain(' '), bold(job.name), plain(`  ${targetText(job)}`)];
  return fillRows([title, ...headLines(state, job)], rows);
}

/**
 * All there is to say of the job under the cursor, in lines as wide as the pane; while the cursor
 * passes over it only what is known at once.
 */
export function paneLines(state: State): Line[] {
  const job = underCursor(state);
  if (!job) return [];
  if (state.jobs.earlier !== undefined) return earlierLines(state, job);
  const head = [[plain(' '), bold(job.name)], ...headLines(state, job)];
  if (state.passing) return head;
  const details = detailsOf(state, job, paneColumns(state));
  return [...head, blank, ...indented(details)];
}

const indented = memo((lines: readonly Line[]) => lines.map((line): Line => [plain(' '), ...line]));

/** Of a row that an earlier console kept. */
const earlierLines = (state: State, job: Job): Line[] => [
  [plain(' '), bold(job.name)],
  [plain(' '), statusSpan(jobStatus(job, idle)), quiet(`  ${scheduleText(job)}`)],
  [
    plain(' '),
    quiet(
      `${shortSpan(state.now - (state.jobs.at ?? state.now))} old: the job itself has not been read yet`,
    ),
  ],
];

/** Why it should have run and did not says more than what its last run printed; null where it did. */
function troubleWords(state: State, job: Job, standing: Standing): Line | null {
  const verdict = state.troubles.get(job.name);
  if (verdict === undefined || jobStatus(job, standing) !== verdict.state) return null;
  const [firing = '', cause] = troubleOf(state, job)?.lines ?? [];
  const words = verdict.cause.kind === 'unknown' ? firing : (cause ?? firing);
  return [statusSpan(verdict.state), quiet(`  ${words}`)];
}

function wordsOf(job: Job, runs: Runs | undefined, standing: Standing): Line {
  if (runs?.error !== undefined) return [toned(runs.error, 'bad')];
  const run = runs?.list[0];
  if (run) {
    const words = lastWords(run.output);
    if (unfinished(run))
      return [toned(words || 'it has no end yet; l shows what it prints', 'attention')];
    return run.success ? [quiet(words)] : [toned(words || 'failed without output', 'bad')];
  }
  return [statusSpan(jobStatus(job, standing)), quiet(`  ${scheduleText(job)}`)];
}

function historyLine(job: Job, runs: Runs | undefined): Line {
  const last = lastRun(job);
  const tries = counted(job.retries, 'retry', 'retries');
  const retries = job.retries > 0 ? `   ${tries} each` : '';
  const counts = [
    quiet('ok '),
    plain(String(job.success_count)),
    quiet('  failed '),
    plain(String(job.error_count)),
    quiet(retries),
  ];
  if (last === null) return [quiet('never ran   '), ...counts];
  if (runs === undefined || runs.list.length === 0) return counts;
  const shown = Math.min(20, runs.list.length);
  const [newest] = runs.list;
  const lastTook = newest && !unfinished(newest) ? shortDuration(durationOf(newest)) : '';
  return [
    quiet(`last ${shown}  `),
    ...sparkline(runs.list, 20),
    quiet(`  ${lastTook}   `),
    ...counts,
  ];
}

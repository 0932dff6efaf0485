/** Whether a job ends before it fires again, by how long its runs took. */
import { leastPause } from '../../schedule/index.ts';
import type { Job } from '../job.ts';
import { foretold, overrunOf } from '../run-times/overrun.ts';
import { takesNow } from '../run-times/slow.ts';
import { type RunTimes, usualOf } from '../run-times/times.ts';
import { overrunText, tookText } from '../run-times/words.ts';
import { type Finding, note, warning } from './finding.ts';
import { pausesOf, type ReadBy } from './pauses.ts';
import { timeoutOf } from './running.ts';

interface By extends ReadBy {
  /** How long jobs take, by name; without it nothing is said. */
  readonly times?: Pick<ReadonlyMap<string, RunTimes>, 'get'> | undefined;
}

/** Without a timeout a run may take any time: of one that fires less often than this it is not asked. */
const longest = 3_600;

/** Whether its runs may take longer than until its next firing: of others nobody need know how long they take. */
export function mayOverrun(job: Job, by: ReadBy): boolean {
  const read = job.disabled ? null : pausesOf(job, by);
  const most = timeoutOf(job)?.seconds ?? longest;
  return read !== null && leastPause(read.schedule) < most && (read.gaps?.shortest ?? most) < most;
}

export function overrunFindings(job: Job, by: By): Finding[] {
  const known = by.times?.get(job.name);
  const usual = known && usualOf(known);
  if (!usual) return [];
  const overrun = foretold(job, takesNow(known) ?? usual.median, by);
  if (overrun !== null) return [warning('overrun', 'schedule', overrunText(overrun))];
  const seldom = overrunOf(job, usual.p95, by);
  if (seldom === null) return [];
  return [
    note(
      'overrun',
      'schedule',
      `is close: one run in twenty takes ${tookText(seldom.takes)} and more, and two firings are ${tookText(seldom.gap)} apart`,
    ),
  ];
}

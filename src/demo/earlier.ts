/** What the demo's jobs were like before somebody changed them: what its snapshots hold. */
import type { Job } from '../job/job.ts';
import { partnerId } from './gateway.ts';

/** It fails since it is called three times as often. */
export const brokenJob = 'getaround-assets';

export interface Earlier {
  /** When, ms since the epoch. */
  readonly at: number;
  /** What the snapshot of then is called. */
  readonly label: string;
  /** The jobs of then, made of those of now. */
  readonly jobs: (now: readonly Job[]) => readonly Job[];
}

/** Oldest first. @param broke when the broken job failed first, ms since the epoch. */
export const earlierThan = (broke: number): readonly Earlier[] => [
  { at: broke - 20 * 3_600_000, label: 'nightly', jobs: (now) => asOfLastNight(seldom(now)) },
  { at: broke - 200_000, label: 'before-2.14', jobs: seldom },
  { at: broke - 20_000, label: 'release-2.14', jobs: (now) => now },
];

const seldom = (jobs: readonly Job[]): Job[] =>
  jobs.map((job) => (job.name === brokenJob ? { ...job, schedule: '0 */15 * * * *' } : job));

const asOfLastNight = (jobs: readonly Job[]): Job[] =>
  jobs.flatMap((job) => {
    if (job.name === 'dott-assets') return { ...job, retries: 0 };
    return job.name === 'citiz-stations' ? [job, voi(job)] : job;
  });

/** Nobody rides them any more. */
const voi = (like: Job): Job => ({
  ...like,
  name: 'voi-stations',
  displayname: '',
  metadata: { ...like.metadata, partner: 'voi' },
  executor_config: {
    ...like.executor_config,
    url: (like.executor_config?.url ?? '').replace(partnerId('citiz'), partnerId('voi')),
  },
});

/** A job as it was `ago` ms before now: what Dkron knows of its runs lies as much earlier. */
export const agedBy = (ago: number, job: Job): Job => ({
  ...job,
  ...Object.fromEntries(
    (['next', 'last_success', 'last_error'] as const).map((key) => [key, before(job[key], ago)]),
  ),
});

/** What is no time (null, Dkron's zero) stays as it is. */
function before(time: unknown, ago: number): unknown {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return at > ago ? new Date(at - ago).toISOString() : time;
}

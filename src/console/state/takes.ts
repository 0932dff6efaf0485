/** What is told of how long a job takes, by what the console knows. */
import type { Job } from '../../job/job.ts';
import { type Told, toldOf } from '../../job/run-times/told.ts';
import { serverTime } from '../../job/time.ts';
import { instantFromMillis } from '../../schedule/index.ts';
import { memo } from '../../view/memo.ts';
import type { State } from './model.ts';

export function takesOf(state: State, job: Job): Told | null {
  const now = Math.floor((state.now - state.clocks.skew) / step) * step;
  const since = state.busy
    .get(job.name)
    ?.map(({ started_at }) => serverTime(started_at)?.getTime());
  const first = Math.min(...(since ?? []).map((at) => at ?? now));
  return told(
    job,
    state.times.get(job.name),
    Number.isFinite(first) ? first : null,
    now,
    state.setting.serverZone,
    state.server?.version,
  );
}

/** A key asks for it more than once, ms. */
const step = 10_000;

const told = memo(
  (
    job: Job,
    times: Parameters<typeof toldOf>[1],
    since: number | null,
    now: number,
    serverZone: string,
    version: string | undefined,
  ): Told | null =>
    toldOf(
      job,
      times,
      { now: instantFromMillis(now), serverZone, version },
      since === null ? null : now - since,
    ),
);

/** What is told of a job that should have run, with the keys that lead out of it. */
import type { Job } from '../../job/job.ts';
import { troubleLines } from '../../oversight/told.ts';
import type { Verdict } from '../../oversight/verdict.ts';
import { labels } from '../../oversight/words.ts';
import { memo } from '../../view/memo.ts';
import { rfc3339 } from '../../view/short.ts';
import { zoneOfTimes } from '../../view/zones.ts';
import type { State } from './model.ts';

const ways = { run: 't', clear: ':clear', allow: ':allow', tags: 'e' } as const;

export function troubleOf(
  state: State,
  job: Job,
): { readonly label: string; readonly lines: readonly string[] } | null {
  const verdict = state.troubles.get(job.name);
  if (verdict === undefined) return null;
  const now = Math.floor((state.now - state.clocks.skew) / counted) * counted;
  return told(
    job,
    verdict,
    now,
    state.setting.serverZone,
    state.server?.version,
    zoneOfTimes(state, job),
  );
}

/** How many firings there were is worked out so often, ms: a key asks for it more than once. */
const counted = 10_000;

const told = memo(
  (
    job: Job,
    verdict: Verdict,
    now: number,
    serverZone: string,
    version: string | undefined,
    zone: string,
  ) => {
    const clock = (at: number): string => rfc3339(at, zone);
    const lines = troubleLines(job, verdict, { now, serverZone, version, clock, ways });
    return { label: labels[verdict.state], lines };
  },
);

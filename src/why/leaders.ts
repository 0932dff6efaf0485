import type { Missed } from '../oversight/missed.ts';
import type { LeaderChange } from './events.ts';

/** Changes of the leader that cost a firing: what of them is kept of a cluster (oversight/kept.ts). */
export function leaderChanges(missed: readonly Missed[]): LeaderChange[] {
  const found = new Map<number, LeaderChange>();
  for (const { cause } of missed)
    if (cause.kind === 'leader')
      found.set(cause.at, { at: cause.at, from: cause.from, to: cause.to });
  return [...found.values()];
}

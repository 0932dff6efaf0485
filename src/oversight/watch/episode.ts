/**
 * Whether a job stopped running as it should. A miss is told once for as long as it goes on: its first
 * firing may turn out to be an earlier one, and a program that is started anew knows less at first.
 */
import type { JobFacts } from '../../job/job.ts';
import { endsOf } from '../judge.ts';
import { definitionKey } from '../sightings.ts';
import type { Verdict } from '../verdict.ts';
import type { Episode, Found, Kind } from './model.ts';

export interface Trouble {
  /** Null: it is in none, or nobody knows. */
  readonly verdict: Verdict | null;
  /** What it missed and was seen only when it fired again: the first firing; null for none. */
  readonly missedAt: number | null;
  /** What was so before is not told. */
  readonly since: number;
  readonly isFirst: boolean;
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
  /** The cause in words. */
  readonly why: () => string;
}

export interface EpisodeChange {
  readonly now: Episode | undefined;
  readonly found: readonly Found[];
}

export function episodeChange(
  before: Episode | undefined,
  job: JobFacts,
  { verdict, missedAt, since, isFirst, now, why }: Trouble,
): EpisodeChange {
  const found: Found[] = [];
  const tell = (kind: Kind, at: number): void => {
    if (at >= since && !isFirst) found.push({ kind, job: job.name, at, why: why() });
  };
  // What no node will take is missed when it is due, and not before.
  const going = verdict === null || verdict.at > now ? null : goingOn(verdict);
  const isAnother = before !== undefined && hasGoneOn(before, job, going !== null);
  const episode = isAnother ? undefined : before;
  const isOver = missedAt !== null && before === undefined;
  if (isOver) tell('missed', missedAt);
  if (verdict === null || going === null) return { now: episode, found };
  if (episode?.told.includes(going)) return { now: episode, found };
  if (!isOver || going !== 'missed') tell(going, verdict.at);
  return { now: told(episode, job, going), found };
}

const told = (episode: Episode | undefined, job: JobFacts, kind: Kind): Episode => ({
  ...(episode ?? { ends: endsOf(job), next: job.next, key: definitionKey(job) }),
  told: [...(episode?.told ?? []), kind],
});

/** What is so now; `missed` is over, and `overdue` is not sure. */
function goingOn({ state }: Verdict): 'missed' | 'stuck' | null {
  if (state === 'stuck') return 'stuck';
  return state === 'late' || state === 'nowhere' ? 'missed' : null;
}

/** Whether it has run since, or is another by now: what goes on then is another episode. */
function hasGoneOn({ ends, next, key }: Episode, job: JobFacts, isGoingOn: boolean): boolean {
  const hasEnded = endsOf(job) !== ends;
  // A run that began before may end while the firing that it holds up is still owed.
  if (isGoingOn) return hasEnded && job.next !== next;
  return hasEnded || job.disabled || definitionKey(job) !== key;
}

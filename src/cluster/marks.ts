/** What jobs say: whether those that are remembered can have become those that are there now. */
import { counted } from '../base/counted.ts';
import { serverTime } from '../job/time.ts';
import { instantFromRfc3339 } from '../schedule/index.ts';
import { type Fingerprint, hasRun, type JobMark, type Sighting } from './fingerprint.ts';

/**
 * What became of one known job:
 * `still`   a run ended at exactly the same nanosecond: the two share their past;
 * `risen`   it ran more often since, and no more often than the time allows;
 * `late`    its last run is not there yet, and is so fresh that a lagging server may not have it;
 * `amiss`   it ran less often, or not as late, or leapt: another cluster, or somebody cleared it;
 * `foreign` the run that is known is not among those that the server has of it;
 * `missing` it is not there;
 * `silent`  it never ran.
 */
export type Fate = 'still' | 'risen' | 'late' | 'amiss' | 'foreign' | 'missing' | 'silent';

/** How many of the known jobs that were asked for have which fate. */
export type Tally = Readonly<Record<Fate, number>>;

/** A follower may not have yet what another server showed within this time, ms. */
const lag = 120_000;

/** Runs of a job that may end within a second: one firing on each of many nodes. */
const mostRuns = 10;

export function tallyOf(known: Pick<Fingerprint, 'sample'>, seen: Sighting): Tally {
  const tally = { still: 0, risen: 0, late: 0, amiss: 0, foreign: 0, missing: 0, silent: 0 };
  for (const mark of known.sample) {
    const now = seen.jobs.get(mark.name);
    if (now !== undefined || seen.whole)
      tally[fateOf(mark, now ?? null, seen.at, seen.past?.get(mark.name))] += 1;
  }
  return tally;
}

/**
 * `at`: when it was seen now, ms since the epoch. `past`: when the executions ended that the server still has of
 * it, where that was asked.
 */
function fateOf(before: JobMark, now: JobMark | null, at: number, past?: readonly string[]): Fate {
  if (now === null) return 'missing';
  if (!hasRun(before)) return hasRun(now) ? 'risen' : 'silent';
  const fates = [
    moved(side(before, 'success'), side(now, 'success'), at),
    moved(side(before, 'error'), side(now, 'error'), at),
  ];
  const fate = (['amiss', 'late', 'still', 'risen'] as const).find((one) => fates.includes(one))!;
  return fate === 'risen' && past !== undefined ? fateByPast(before, past) : fate;
}

/** Executions that Dkron keeps of a job (dkron/store.go). */
const mostKept = 100;

/** Whether the last end that is known is among those that the server has. */
function fateByPast({ last_success, last_error }: JobMark, past: readonly string[]): Fate {
  const ends = new Set(past.map(instantOf));
  const known = [last_success, last_error].map(instantOf).filter((end) => end !== null);
  if (known.some((end) => ends.has(end))) return 'still';
  // Older ones may have been dropped, and all of them together with those of another job (dkron/store.go).
  const isAll = past.length > 0 && past.length < mostKept;
  return isAll && known.length > 0 ? 'foreign' : 'risen';
}

/**
 * Known jobs whose executions can tell for certain, where the counters alone do not: they ran so seldom since that
 * the server still has the run that is known.
 */
export function tellingJobs(known: Pick<Fingerprint, 'sample'>, seen: Sighting): string[] {
  const risen = known.sample.flatMap((mark) => {
    const now = seen.jobs.get(mark.name);
    if (!now || !hasRun(mark) || fateOf(mark, now, seen.at) !== 'risen') return [];
    const more = runsOf(now) - runsOf(mark);
    return more < mostKept / 2 ? [{ name: mark.name, more }] : [];
  });
  return risen
    .sort((a, b) => a.more - b.more)
    .slice(0, several)
    .map(({ name }) => name);
}

const runsOf = ({ success_count, error_count }: JobMark): number => success_count + error_count;

/** The successes of a job, or its failures. */
interface Side {
  readonly count: number;
  /** When the last of them ended, nanoseconds since 1970; null for never. */
  readonly last: bigint | null;
}

const side = (mark: JobMark, of: 'success' | 'error'): Side => ({
  count: mark[`${of}_count`],
  last: instantOf(mark[`last_${of}`]),
});

function moved(before: Side, now: Side, at: number): 'still' | 'risen' | 'late' | 'amiss' | 'none' {
  const more = now.count - before.count;
  if (before.last === null) {
    if (more < 0) return 'amiss';
    return more === 0 && now.last === null ? 'none' : 'risen';
  }
  if (now.last === before.last) return more >= 0 ? 'still' : 'amiss';
  if (now.last === null || now.last < before.last) {
    const fresh = at - lag;
    if (more > 0 || millis(before.last) < fresh) return 'amiss';
    const since = Math.max(fresh, now.last === null ? fresh : millis(now.last));
    return mayEnd(-more, millis(before.last) - since) ? 'late' : 'amiss';
  }
  return more > 0 && mayEnd(more, millis(now.last - before.last)) ? 'risen' : 'amiss';
}

const mayEnd = (runs: number, ms: number): boolean => runs <= mostRuns * (1 + ms / 1000);

const millis = (nanoseconds: bigint): number => Number(nanoseconds / 1_000_000n);

/** Nanoseconds since 1970: a zone may be written in another way by the next version. */
function instantOf(text: string | null): bigint | null {
  return text === null || serverTime(text) === null ? null : (instantFromRfc3339(text) ?? null);
}

/**
 * What all of them say together:
 * `proved`  a run ended at exactly the same moment, and nothing speaks against it;
 * `fits`    they only ran more often;
 * `nothing` none of them ever ran, or none is known;
 * `doubt`   some ran less often, or they are gone, in a way that may happen to the same cluster;
 * `against` most ran less often, or most are gone.
 */
export type Word = 'proved' | 'fits' | 'nothing' | 'doubt' | 'against';

/** So few may be cleared, deleted or made anew without a doubt. */
const several = 3;

/** What the known jobs say, and why, as a part of a sentence. */
export function whatJobsSay(
  known: Pick<Fingerprint, 'sample'>,
  seen: Sighting,
): { readonly word: Word; readonly why: string; readonly tally: Tally } {
  const tally = tallyOf(known, seen);
  const { still, risen, late, amiss, foreign, missing, silent } = tally;
  const ran = still + risen + late + amiss + foreign;
  const asked = ran + missing + silent;
  const say = (word: Word, why: string) => ({ word, why, tally });
  const wrong = `${amiss} of ${counted(ran)} ran less often than before, or more often than the time allows`;
  const gone =
    missing === asked
      ? `it has none of the ${counted(missing)} known`
      : `${missing} of ${counted(asked)} are gone`;
  // Shared ends of runs, or a server that lost all: somebody has to look.
  const empty = seen.whole && seen.jobs.size === 0;
  const not = still > 0 ? 'doubt' : 'against';
  if (amiss >= several && amiss * 2 > ran) return say(not, wrong);
  if (foreign > 1 && still === 0)
    return say('against', `of ${counted(foreign)} it does not have the run that is known`);
  if (missing >= several && missing * 2 > asked) return say(empty ? 'doubt' : not, gone);
  if (amiss * 2 > ran || (still === 0 && amiss > Math.max(1, ran / 5))) return say('doubt', wrong);
  if (missing > 0 && missing === asked) return say('nothing', gone);
  if (still > 0)
    return say('proved', `${jobsRan(still)} last at exactly the same moment as before`);
  if (late * 2 > ran)
    return say('doubt', `${late} of ${counted(ran)} did not run yet as often as before`);
  if (risen > 0) return say('fits', `${jobsRan(risen)} only more often than before`);
  return say('nothing', asked === 0 ? 'no job of it is known' : 'none of its known jobs ever ran');
}

const jobsRan = (count: number): string => `${counted(count)} ran`;

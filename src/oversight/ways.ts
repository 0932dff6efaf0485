/** What gets a job running again, by what keeps it from running. Each was tried on real Dkrons. */
import { atLeast } from '../base/dkron-version.ts';
import type { Verdict } from './verdict.ts';

export type Way =
  /** Run it now: also where `forbid` holds it, which asks nobody who runs it by hand. */
  | 'run'
  /** Clear its executions, and with them the one without an end; its counters go, too. */
  | 'clear'
  /** Let it run though another run has no end. */
  | 'allow'
  /** Ask for other tags, or start a node that has them. */
  | 'tags';

/** Dkron clears executions since. */
const clears = '4.1.0';

export function waysOut(
  { state, cause }: Pick<Verdict, 'state' | 'cause'>,
  version: string | undefined,
): readonly Way[] {
  switch (cause.kind) {
    case 'tags':
      return ['tags'];
    case 'leaderless':
      return [];
    case 'held':
      return ['allow'];
    case 'orphan':
      return version !== undefined && atLeast(version, clears)
        ? ['run', 'clear', 'allow']
        : ['run', 'allow'];
    default:
      return state === 'nowhere' ? [] : ['run'];
  }
}

/** What becomes of it with `allow`, and when `forbid` holds again. */
export const allowWords = ({ kind }: Verdict['cause'], version: string | undefined): string =>
  kind === 'held'
    ? 'lets it run beside that'
    : `lets it run beside that; with forbid again it waits until ${
        version !== undefined && atLeast(version, clears)
          ? 'that run is 4 h old'
          : '100 newer runs have put that one out of the store'
      }`;

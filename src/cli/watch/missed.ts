/** What a watch sees of jobs that should have run is kept for all programs, as consoles and `missed` keep it. */
import { OperatorError } from '../../base/errors.ts';
import { closed, keptOf, openMissed, sightingsOf } from '../../oversight/kept.ts';
import type { Look } from '../../oversight/lasting.ts';
import type { Sightings } from '../../oversight/sightings.ts';
import type { Verdict } from '../../oversight/verdict.ts';

export interface Remembering {
  readonly sightings: Sightings;
  /** A disk that refuses is told of once, and keeps nobody from watching. */
  readonly keep: (look: Look) => Promise<void>;
}

export async function remembering(
  path: string,
  serverZone: string,
  note: (text: string) => void,
): Promise<Remembering> {
  const file = openMissed(path);
  const kept = await file.read();
  let before: ReadonlyMap<string, Verdict> | null = null;
  let isTold = false;
  return {
    sightings: sightingsOf(kept),
    async keep({ troubles, news, jobs, now, version }) {
      if (troubles === before && news.length === 0) return;
      const over = before === null ? closed(kept.missed, troubles, now) : [];
      before = troubles;
      const more = keptOf(troubles, [...over, ...news], jobs, now, { serverZone, version });
      if (more.missed.length === 0 && more.seen.length === 0) return;
      try {
        await file.keep(more, now);
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        if (!isTold) note(`what was seen cannot be kept: ${error.message}`);
        isTold = true;
      }
    },
  };
}

/** How often a server is read, and how long it is waited for. */
import type { Pace } from '../state/model.ts';

/** At the quickest, ms. */
export const least = 2_000;
const most = 300_000;
/** At the quickest where nobody looks, ms. */
const unseen = 30_000;

/** A server gets four times as long to itself as a read took, five minutes at most unless asked. */
export const pause = (took: number, interval: number): number =>
  Math.max(interval, Math.min(most, took * 4));

/** Later than any time; the log can write it. */
const never = 2 ** 52;

/** The same, and ever more where the terminal has lost the focus; without an end where it is paused. */
export function restOf({ paused, focused }: Pace, took: number, interval: number): number {
  if (paused) return never;
  const wait = pause(took, interval);
  return focused ? wait : Math.max(wait, unseen, Math.min(most, took * 19));
}

/**
 * A way on which nothing passes is closed by what stands between, after a minute at the soonest: so
 * long after the last request a small one is made, ms.
 */
export const warm = 45_000;

/** 1, 2, 4 … 30 s after failures, spread by `random` so that many consoles do not knock together. */
export const backOff = (failures: number, random: number): number =>
  Math.min(30_000, 1_000 * 2 ** (failures - 1)) * (0.75 + random / 2);

/**
 * How long a list may be silent before it is given up, ms: four times what the last one took. A
 * list that is given up before it begins costs the server all the same: each time in a row it gets
 * twice as long. One that began was made whole, and cost what every read costs.
 */
export const listPatience = (took: number | null, givenUp: number): number =>
  Math.min(60_000, (took === null ? 15_000 : Math.max(1_500, took * 4)) * 2 ** givenUp);

/** How long a list may be silent before one who asks for it anew gets a new one, ms; less on a way that failed. */
export const asked = (took: number | null, failed: boolean): number =>
  Math.max(failed ? soon : 1_000, 2 * (took ?? 1_000));

/**
 * A server that is gone is asked for a few bytes so often, more seldom where nobody looks, and they
 * are waited for so long, ms.
 */
export const probing = { every: 1_500, unseen: 10_000, within: 1_500 };
/** On a way that has failed, who asks for the list anew waits so long for more of it than drops, ms. */
export const soon = 200;
/** How often a list under way is looked after, ms. */
export const glance = 250;

/** What a read of the whole list cost. */
export interface ListCost {
  readonly bytes: number;
  /** How long the server worked at it, ms. */
  readonly worked: number;
}

/**
 * What a console may cost that is only open: 50 kB/s and a hundredth of a core of the server's. The
 * list and the single jobs have their shares of it; bytes a ms are kB/s.
 */
const share = { all: 50, list: { bytes: 15, worked: 1 / 200 }, some: { bytes: 30 } };

/**
 * Whether the list is so short that it can be read whole at every look. Who wants looks that are more
 * frequent than usual wants what they cost.
 */
export const isShort = ({ bytes }: ListCost, interval: number): boolean =>
  bytes <= Math.max(interval, least) * share.all;

/**
 * How old a list may become before it is read again, ms; sooner where somebody is at the keys or
 * only a list can tell, but then too it is no more than a hundredth of what the server does.
 */
export function listRest({ bytes, worked }: ListCost, isWanted: boolean): number {
  const spare = Math.max(bytes / share.list.bytes, worked / share.list.worked);
  return isWanted ? Math.min(spare, Math.max(60_000, worked * 100)) : spare;
}

/** How long is waited for single jobs of so many bytes to have had their share, ms. */
export const someRest = (bytes: number, interval: number): number =>
  Math.min(3 * interval, Math.max(interval, bytes / share.some.bytes));

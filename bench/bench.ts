/** The programs that are measured: this one, and that of another checkout when there is one to compare with. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Side = 'ours' | 'before';

export interface Contestant {
  readonly side: Side;
  /** What Node is given to run. */
  readonly program: string;
  /** With a home of its own: what one remembers is not the other's. */
  readonly env: Readonly<Record<string, string>>;
}

/** What all parts of a run share. */
export interface Bench {
  /** Ours is the first. */
  readonly contestants: readonly [Contestant, ...Contestant[]];
  /** Of this run, removed at its end. */
  readonly folder: string;
  /** Fewer rounds, keys and jobs. */
  readonly quick: boolean;
  /** Ten minutes where it is one else. */
  readonly long: boolean;
}

export function contestantsOf(
  folder: string,
  here: string,
  against?: string,
): Bench['contestants'] {
  const contestant = (side: Side, checkout: string): Contestant => {
    const home = join(folder, `home-${side}`);
    mkdirSync(home, { mode: 0o700 });
    return { side, program: join(checkout, 'bin', 'dkron-tui.js'), env: { HOME: home } };
  };
  const ours = contestant('ours', here);
  return against === undefined ? [ours] : [ours, contestant('before', resolve(against))];
}

/** What of each contestant, under its name: the fields of a row. Without another checkout there is no `before`. */
export const eachOf = <T>(
  contestants: readonly Contestant[],
  work: (contestant: Contestant) => T,
): Record<Side, T> =>
  Object.fromEntries(contestants.map((each) => [each.side, work(each)])) as Record<Side, T>;

/** The same for what takes its time: one after the other, so that none is in the way of the next. */
export async function oneByOne<T>(
  contestants: readonly Contestant[],
  work: (contestant: Contestant) => Promise<T>,
): Promise<Record<Side, T>> {
  const done: [Side, T][] = [];
  for (const each of contestants) done.push([each.side, await work(each)]);
  return Object.fromEntries(done) as Record<Side, T>;
}

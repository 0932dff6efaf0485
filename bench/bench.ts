/** The programs that are measured: this one, and that of another checkout when there is one to compare with. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

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
  readonly contestants: readonly Contestant[];
  /** Of this run, removed at its end. */
  readonly folder: string;
  /** Fewer rounds, keys and jobs. */
  readonly quick: boolean;
  /** Ten minutes where it is one else. */
  readonly long: boolean;
}

export function contestantsOf(
  folder: string,
  checkouts: Readonly<Partial<Record<Side, string>>>,
): Contestant[] {
  return Object.entries(checkouts).map(([side, checkout]) => {
    const home = join(folder, `home-${side}`);
    mkdirSync(home, { mode: 0o700 });
    return {
      side: side as Side,
      program: join(checkout, 'bin', 'dkron-tui.js'),
      env: { HOME: home },
    };
  });
}

/** What of each contestant, under its name: the fields of a row. Without another checkout there is no `before`. */
export const eachOf = <T>(
  contestants: readonly Contestant[],
  work: (contestant: Contestant) => T,
): Record<Side, T> =>
  Object.fromEntries(contestants.map((each) => [each.side, work(each)])) as Record<Side, T>;

/** How many jobs call the same host in the same second. */
import { ceilSeconds, type Instant, instantFromSeconds } from './instant.ts';
import type { Pattern } from './pattern.ts';
import { firingSeconds, type Seconds } from './seconds.ts';

/** The host of each job that calls one, by the job's name. */
export type Hosts = ReadonlyMap<string, string>;

export interface BusyHost {
  readonly host: string;
  /** All firings of the jobs that call it. */
  readonly firings: number;
  /** The most of them in one second, and the first second with so many. */
  readonly atOnce: number;
  readonly second: Instant;
}

/** Each host within a stretch, the most calls in one second first; a step a pattern of a host. */
export function* busyHosts(
  patterns: readonly Pattern[],
  hosts: Hosts,
  stretch: Seconds,
): Generator<void, BusyHost[]> {
  const busy: BusyHost[] = [];
  for (const [host, calling] of byHost(patterns, hosts)) {
    const counts = new SecondCounts(stretch);
    for (const { pattern, jobs } of calling) {
      counts.add(pattern, jobs);
      yield;
    }
    const { firings, most, at } = counts;
    if (firings > 0) busy.push({ host, firings, atOnce: most, second: instantFromSeconds(at) });
  }
  return busy.sort((a, b) => b.atOnce - a.atOnce || b.firings - a.firings || compare(a, b));
}

const compare = (a: BusyHost, b: BusyHost): number => (a.host < b.host ? -1 : 1);

interface Calling {
  readonly pattern: Pattern;
  /** How many jobs of it call the host. */
  readonly jobs: number;
}

function byHost(patterns: readonly Pattern[], hosts: Hosts): Map<string, Calling[]> {
  const found = new Map<string, Calling[]>();
  for (const pattern of patterns) {
    const counts = Map.groupBy(pattern.names, (name) => hosts.get(name) ?? '');
    counts.delete('');
    for (const [host, names] of counts) {
      const calling = found.get(host) ?? [];
      calling.push({ pattern, jobs: names.length });
      found.set(host, calling);
    }
  }
  return found;
}

/** The firings of seconds, and the worst of these: of few seconds in a long stretch. */
export class SecondCounts {
  firings = 0;
  most = 0;
  /** The first second with the most. */
  at = 0;
  readonly #stretch: Seconds;
  readonly #counts = new Map<number, number>();

  constructor(stretch: Seconds) {
    this.#stretch = stretch;
  }

  add({ schedule, from, to, anchor }: Pattern, jobs: number): void {
    const { from: first, to: end } = this.#stretch;
    const within = {
      from: Math.max(first, ceilSeconds(from)),
      to: Math.min(end, ceilSeconds(to)),
    };
    firingSeconds(schedule, within, (second) => this.#count(second, jobs), anchor);
  }

  #count(second: number, jobs: number): void {
    const count = (this.#counts.get(second) ?? 0) + jobs;
    this.#counts.set(second, count);
    this.firings += jobs;
    if (count < this.most || (count === this.most && second > this.at)) return;
    this.most = count;
    this.at = second;
  }
}

import type { Job } from '../job/job.ts';
import type { Dkron, ReadOptions } from './client.ts';

/** A job of the server that cannot be read; the others can. */
export interface UnreadHere {
  /** The name that it seems to have; "" for none. */
  readonly name: string;
  /** What is wrong with it, in words. */
  readonly why: string;
}

/** What a server has: what a change means for families can only be seen in all of it. */
export interface Live {
  readonly jobs: readonly Job[];
  readonly unreadable: readonly UnreadHere[];
  /** How many jobs it has, where these are not all of them. */
  readonly listed?: number;
}

/** Reads all jobs of a server. One that cannot be read hides no other. */
export async function readLive(dkron: Dkron, reading: ReadOptions): Promise<Live> {
  const unreadable: UnreadHere[] = [];
  const onUnreadable = ({ message }: Error, name: string): void =>
    void unreadable.push({ name, why: message });
  const found = await Array.fromAsync(dkron.jobs({ ...reading, onUnreadable }));
  return { jobs: found.map(({ job }) => job), unreadable };
}

/** Looking at what answers: at a few jobs where that is enough, else at the whole list. */
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { type Fingerprint, look, type Sighting, serversOf, witnesses } from './fingerprint.ts';
import { judge } from './judge.ts';

/** What is seen of a cluster of which this is known. Throws what reading throws. */
export async function lookAsFarAsNeeded(
  client: Dkron,
  known: Fingerprint,
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const seen = await look(client, witnesses(known), now, reading);
  return judge(known, seen).verdict === 'same' ? seen : lookAtAll(client, now, reading);
}

/** The members, the leader, and then the whole list. Throws what reading throws. */
export async function lookAtAll(
  client: Dkron,
  now: () => number,
  reading: ReadOptions = {},
): Promise<Sighting> {
  const [members, leader] = await Promise.all([client.members(reading), client.leader(reading)]);
  const jobs = new Map<string, Job>();
  const onUnreadable = (): void => {};
  for await (const { job } of client.jobs({ ...reading, onUnreadable })) jobs.set(job.name, job);
  return {
    ...serversOf(members.value),
    at: now() - client.skew,
    leader: leader.value !== null,
    jobs,
    whole: true,
  };
}

/** What a look saw, as a cluster is told by. */
import { type Sighting, serversOf } from '../../cluster/fingerprint.ts';
import type { Looked } from './look.ts';

/** The jobs of an answer, as what a cluster is known by. */
export function sightingOf(looked: Looked, before: Sighting | null): Sighting {
  const { members, unreadable, leader, at, liveAt = at, skew, some } = looked;
  const jobs = some?.fresh ?? looked.jobs;
  // Nodes that could not be told now are those of before; the jobs tell all the same.
  const servers = members === null ? before : serversOf(members);
  return {
    region: servers?.region ?? '',
    datacenter: servers?.datacenter ?? '',
    nodes: servers?.nodes ?? [],
    at: liveAt - skew,
    leader: leader !== null && leader !== undefined,
    jobs,
    whole: some === undefined && unreadable.length === 0,
  };
}

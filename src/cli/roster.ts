/** Which nodes came and went, for commands: what is kept of the cluster, and one look more. */
import { noneFor } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { openRoster } from '../oversight/kept-roster.ts';
import {
  type KnownRoster,
  lookedAgain,
  type Roster,
  type RosterChange,
  rosterOf,
} from '../oversight/roster.ts';
import { rfc3339 } from '../view/short.ts';

/** Reads the members and the leader; what cannot be read keeps no command from its work. */
export async function lookAtNodes(dkron: Dkron, signal: AbortSignal): Promise<Roster | null> {
  const [members, leader] = await Promise.all([
    dkron.members({ signal }).catch(noneFor),
    dkron.leader({ signal }).catch(noneFor),
  ]);
  const leads = leader === null ? undefined : (leader.value?.Name ?? null);
  return rosterOf(members?.value ?? null, leads);
}

/** All that is known of a cluster, which is kept, now that it was looked at. */
export async function withLook(
  path: string,
  roster: Roster | null,
  skew: number,
): Promise<KnownRoster> {
  const file = openRoster(path);
  const kept = await file.read();
  if (roster === null) return kept;
  const now = Date.now() - skew;
  const known = lookedAgain(kept, roster, now);
  await file.keep(known, now).catch(noneFor);
  return known;
}

export const rosterJson = ({ after, by, ...change }: RosterChange): object => ({
  ...change,
  after: rfc3339(after),
  by: rfc3339(by),
});

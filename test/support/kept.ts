/** What this machine keeps of the cluster that answered last at an address. */
import { rm } from 'node:fs/promises';
import { openRegister } from '../../src/cluster/register.ts';
import type { ClusterPlaces, Places } from '../../src/config/places.ts';

/** Where it is; throws where nothing is known of that address. */
export async function keptAt(places: Places, address: string): Promise<ClusterPlaces> {
  const last = await openRegister(places, Date.now).last({ context: null, address });
  if (last === null) throw new Error(`no cluster answered at ${address} yet`);
  return places.cluster(last.id);
}

/** Removes what is kept of all clusters that answered there: a port may be given twice. */
export async function forgetAt(places: Places, address: string): Promise<void> {
  const { host } = new URL(address);
  for (const { id, reached, fingerprint } of await openRegister(places, Date.now).all()) {
    const isThere =
      reached.some((way) => way.address === address) ||
      fingerprint.nodes.some((node) => node.address === host);
    const { folder, snapshots } = places.cluster(id);
    if (isThere)
      for (const path of [folder, snapshots]) await rm(path, { recursive: true, force: true });
  }
}

/** What this machine keeps of the cluster that answered last at an address. */
import { rm } from 'node:fs/promises';
import { openRegister } from '../../src/cluster/register.ts';
import type { ClusterPlaces, Places } from '../../src/config/places.ts';

const lastAt = (places: Places, address: string) =>
  openRegister(places, Date.now).last({ context: null, address });

/** Where it is; throws where nothing is known of that address. */
export async function keptAt(places: Places, address: string): Promise<ClusterPlaces> {
  const last = await lastAt(places, address);
  if (last === null) throw new Error(`no cluster answered at ${address} yet`);
  return places.cluster(last.id);
}

/** Removes all of it, so that a server of a test starts without a past. */
export async function forgetAt(places: Places, address: string): Promise<void> {
  const last = await lastAt(places, address);
  if (last === null) return;
  const { folder, snapshots } = places.cluster(last.id);
  for (const path of [folder, snapshots]) await rm(path, { recursive: true, force: true });
}

/** What this machine keeps of the cluster that answered last at an address. */
import { openRegister } from '../../src/cluster/register.ts';
import type { ClusterPlaces, Places } from '../../src/config/places.ts';

/** Where it is; throws where nothing is known of that address. */
export async function keptAt(places: Places, address: string): Promise<ClusterPlaces> {
  const last = await openRegister(places, Date.now).last({ context: null, address });
  if (last === null) throw new Error(`no cluster answered at ${address} yet`);
  return places.cluster(last.id);
}

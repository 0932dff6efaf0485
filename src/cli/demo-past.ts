/** What a console would have kept of the demo server had it been open before: who opens it has something to compare. */
import { nameOf } from '../cluster/identify.ts';
import { openRegister } from '../cluster/register.ts';
import { lookAtAll } from '../cluster/sighting.ts';
import { privateFolder } from '../config/files.ts';
import type { Places } from '../config/places.ts';
import { agedBy, brokenJob, earlierThan } from '../demo/earlier.ts';
import { createClient, type Dkron } from '../dkron/client.ts';
import { stringifyJson } from '../json/numbers.ts';
import { withOnly } from '../snapshot/take/only.ts';
import { takeSnapshot } from '../snapshot/take/take.ts';
import { incidentOf } from '../why/incident.ts';

/** Takes snapshots of the demo server at `url` as it was. */
export async function keepDemoPast(url: string, places: Places): Promise<void> {
  const dkron = createClient({ url });
  try {
    await keepPastOf(dkron, places);
  } finally {
    await dkron.close();
  }
}

async function keepPastOf(dkron: Dkron, places: Places): Promise<void> {
  const register = openRegister(places, Date.now);
  const way = { context: null, address: dkron.url };
  const seen = await lookAtAll(dkron, Date.now);
  const kept = await register.keep(await register.fresh(seen, way), seen, way);
  const cluster = { id: kept.id, name: nameOf(kept) };
  const folder = await privateFolder(places.cluster(kept.id).snapshots);
  const jobs = await Array.fromAsync(dkron.jobs(), ({ job }) => job);
  const broke = await firstFailure(dkron, brokenJob);
  for (const { at, label, jobs: then } of earlierThan(broke)) {
    const ago = Date.now() - at;
    const texts = then(jobs).map((job) => stringifyJson(agedBy(ago, job)));
    const taken = { kind: 'hand', label, cluster, now: () => at } as const;
    await takeSnapshot(withOnly(dkron, texts), { folder }, taken);
  }
}

/** ms since the epoch; a job that does not fail is about to. */
async function firstFailure(dkron: Dkron, name: string): Promise<number> {
  const incident = incidentOf((await dkron.executions(name)).value, null);
  return 'why' in incident ? Date.now() : incident.since;
}

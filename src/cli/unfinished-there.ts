/** Operations that were interrupted, for commands that only read: what reads those loads when there are some. */

import { exists, isEmpty } from '../config/files.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Invocation } from './invocation.ts';
import { registerOf, wayTo } from './register.ts';

/** Says which were not finished, for people: of the cluster that answered last this way, which nobody is asked for. */
export async function noteUnfinishedThere(invocation: Invocation, { url }: Dkron): Promise<void> {
  if (invocation.json) return;
  const last = await registerOf(invocation).last(wayTo(invocation, url));
  if (last === null) return;
  const places = invocation.io.places.cluster(last.id);
  if ((await isEmpty(places.unfinished)) && !(await exists(places.maintenance))) return;
  const { noteUnfinished } = await import('./unfinished.ts');
  await noteUnfinished(invocation, { places });
}

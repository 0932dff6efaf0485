/** Whether two addresses lead to one cluster, which has to be known before the one is compared with the other. */
import { UsageError } from '../base/errors.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import { remember, type Servers } from './fingerprint.ts';
import { judge } from './judge.ts';
import { look, lookAtAll } from './sighting.ts';

/** A cluster that answers, and what messages call it. */
export interface Answering {
  readonly dkron: Dkron;
  readonly called: string;
}

/**
 * Throws UsageError where both are the same cluster: nothing could come from the one to the other, and that they
 * are alike would say nothing. Throws as areOne.
 */
export async function checkTwo(
  from: Answering,
  to: Answering,
  now: () => number,
  reading: ReadOptions = {},
): Promise<void> {
  if (!(await areOne(from.dkron, to.dkron, now, reading))) return;
  throw new UsageError(`${from.called} and ${to.called} are the same cluster`, {
    data: 'Nothing was compared or written.',
    next: 'Name two clusters. A port-forward may lead to another one than you think.',
  });
}

/**
 * At one moment all servers of a cluster tell the same names and addresses of its servers. Where two have
 * one in common (two Kubernetes may both have a `dkron-0` at 10.42.0.5), or tell none, the jobs decide.
 * Throws Unreachable, and the signal's reason.
 */
export async function areOne(
  one: Dkron,
  other: Dkron,
  now: () => number,
  reading: ReadOptions = {},
): Promise<boolean> {
  const [here, there] = await Promise.all([one, other].map((each) => look(each, [], now, reading)));
  const hidden = here!.nodes.length === 0 || there!.nodes.length === 0;
  if (!hidden && !shareServer(here!, there!)) return false;
  const [a, b] = await Promise.all([one, other].map((each) => lookAtAll(each, now, reading)));
  // Counters only rise: the one that ran less often can become the other, and not the other way round.
  const verdicts = [judge(remember(a!), b!), judge(remember(b!), a!)].map(({ verdict }) => verdict);
  return hidden ? verdicts.every((verdict) => verdict === 'same') : !verdicts.includes('other');
}

function shareServer(here: Servers, there: Servers): boolean {
  const places = new Set(here.nodes.map(({ name, address }) => `${name} ${address}`));
  return there.nodes.some(({ name, address }) => places.has(`${name} ${address}`));
}

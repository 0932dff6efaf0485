/** Which cluster a command works on, and what to say where that is not the one of before. */
import { OperatorError, OtherCluster } from '../base/errors.ts';
import { remember, type Sighting, witnesses } from '../cluster/fingerprint.ts';
import { createGuard } from '../cluster/guard.ts';
import {
  type Cluster,
  type Identified,
  nameOf,
  shortNameOf,
  type Way,
} from '../cluster/identify.ts';
import { judge } from '../cluster/judge.ts';
import type { Register } from '../cluster/register.ts';
import { look, lookAtAll, lookCloser } from '../cluster/sighting.ts';
import { isKeptByAddress } from '../cluster/takeover.ts';
import type { ClusterPlaces } from '../config/places.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Guard } from '../dkron/write/guard.ts';
import { type FileJournal, openJournal } from '../journal/file.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';
import { registerOf, wayTo } from './register.ts';

/**
 * What a command does with the cluster. `memory`: it works with what is remembered of it, and has to be
 * sure. `change`: it changes what answers; a context must not lead to another. `keep`: it keeps
 * something of what answers. `show`: it shows what is remembered.
 */
export type Use = 'memory' | 'change' | 'keep' | 'show';

/** The cluster that a command works on. */
export interface Here {
  readonly id: string;
  /** As messages call it. */
  readonly name: string;
  readonly places: ClusterPlaces;
  readonly journal: FileJournal;
  /** Refuses when another cluster answers than at the beginning of the command. */
  readonly guard: Guard;
}

/** A command that has reached a cluster. */
export interface Reached extends Invocation {
  readonly here: Here;
}

export const journalOf = ({ io }: Invocation, id: string): FileJournal =>
  openJournal(io.places.cluster(id).journal, { cluster: id });

/** Which cluster answers. Throws OtherCluster where that is no cluster to do this with. */
export async function reach(invocation: Invocation, client: Dkron, use: Use): Promise<Reached> {
  const { io, json } = invocation;
  const note = (text: string): void => {
    if (!json) printNote(io, text);
  };
  const register = registerOf(invocation);
  const way = wayTo(invocation, client.url);
  const { seen, found } = await identify(invocation, register, client, way);
  const { cluster, by } = decide(invocation, way, use, found, note);
  const kept = by === null ? cluster : await keep(cluster, by);
  for (const what of register.passedOver()) note(`skipped: ${what}`);
  for (const what of register.takenOver()) note(what);

  /** A disk that refuses keeps nobody from changing the server. */
  async function keep(cluster: Cluster, by: Way): Promise<Cluster> {
    try {
      return await register.keep(cluster, seen, by);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      note(`the cluster cannot be noted as known: ${error.message}`);
      return { ...cluster, fingerprint: remember(seen, cluster.fingerprint) };
    }
  }
  const changed = (names: readonly string[]): Promise<void> =>
    register.changed(kept, names).catch(() => {});
  const here: Here = {
    id: kept.id,
    name: nameOf(kept),
    places: io.places.cluster(kept.id),
    journal: journalOf(invocation, kept.id),
    guard: createGuard({ client, watched: () => kept, now: Date.now, changed }),
  };
  return { ...invocation, here };
}

/**
 * The cluster that was reached last this way, where a few jobs prove that it answers; null where that takes more,
 * and where the server does not answer that. Nothing is noted.
 */
export async function knownCluster(
  invocation: Invocation,
  client: Dkron,
): Promise<Pick<Here, 'id' | 'name'> | null> {
  const { signal } = invocation.io;
  const last = await registerOf(invocation).last(wayTo(invocation, client.url));
  if (last === null) return null;
  const seen = await look(client, witnesses(last.fingerprint), Date.now, { signal }).catch(
    (error: unknown) => {
      if (error instanceof OperatorError) return null;
      throw error;
    },
  );
  const isSame = seen !== null && judge(last.fingerprint, seen).verdict === 'same';
  return isSame ? { id: last.id, name: nameOf(last) } : null;
}

/** `called` by the operator, recognised by a few jobs, or else by the whole list. */
async function identify(
  { io: { places, signal }, cluster: { called } }: Invocation,
  register: Register,
  client: Dkron,
  way: Way,
): Promise<{ readonly seen: Sighting; readonly found: Identified }> {
  const known = (cluster: Cluster): Identified => ({ kind: 'known', cluster, before: null });
  if (called !== null) {
    const cluster = called === 'new' ? null : await register.called(called);
    const seen = await lookAtAll(client, Date.now, { signal });
    return { seen, found: known(cluster ?? (await register.fresh(seen, way))) };
  }
  const last = isKeptByAddress(places, client.url) ? null : await register.last(way);
  if (last !== null) {
    const seen = await look(client, witnesses(last.fingerprint), Date.now, { signal });
    if (judge(last.fingerprint, seen).verdict === 'same') return { seen, found: known(last) };
  }
  const all = (await register.all()).map(({ fingerprint }) => fingerprint);
  const seen = await lookCloser(client, all, await lookAtAll(client, Date.now, { signal }), {
    signal,
  });
  return { seen, found: await register.identify(seen, way) };
}

/** The cluster to work on, and the way that leads to it from now on; null where none is noted. */
function decide(
  { cluster: { same } }: Invocation,
  way: Way,
  use: Use,
  found: Identified,
  note: (text: string) => void,
): { readonly cluster: Cluster; readonly by: Way | null } {
  const { context, address } = way;
  switch (found.kind) {
    case 'known':
    case 'new': {
      const { cluster, before } = found;
      if (before === null) return { cluster, by: way };
      const [name, other] = [nameOf(cluster), nameOf(before.cluster)];
      const text =
        name === other
          ? `another than last time answers at ${address} now, though both are ${name}: ${before.why}`
          : `${name} answers at ${address} now; last time it was ${other}: ${before.why}`;
      if (use === 'memory')
        throw notThatOne(text, before.cluster, found.kind === 'new' ? 'new' : cluster.id);
      note(text);
      return { cluster, by: way };
    }
    case 'unsure': {
      const [likeliest] = found.candidates;
      if (same) return { cluster: likeliest, by: way };
      const text = `it is not certain that ${nameOf(likeliest)} answers at ${address}: ${found.why}`;
      if (use === 'memory') throw notCertain(text, likeliest);
      if (use === 'show') note(text);
      else note(`${text}. It is taken for another; --same-cluster says that it is the same`);
      return use === 'show' ? { cluster: likeliest, by: null } : { cluster: found.fresh, by: way };
    }
    case 'another': {
      const { expected, instead, why } = found;
      const text = `the context ${context} leads to another cluster than ${nameOf(expected)}: ${why}`;
      if (use === 'memory' || use === 'change')
        throw notThatOne(text, expected, instead.reached.length === 0 ? 'new' : instead.id);
      note(text);
      if (use === 'show') return { cluster: expected, by: null };
      // The context goes on meaning the cluster that it meant.
      return { cluster: instead, by: { ...way, context: null } };
    }
  }
}

const nothing = 'nothing was written';

const notCertain = (text: string, likeliest: Cluster): OtherCluster =>
  new OtherCluster(text, {
    data: nothing,
    next: `If it is, repeat the command with --same-cluster. If it is another, repeat it with --cluster new; what is remembered of ${shortNameOf(likeliest)} stays with that.`,
  });

const notThatOne = (text: string, before: Cluster, now: string): OtherCluster =>
  new OtherCluster(text, {
    data: nothing,
    next: `Make it lead to the other one again (check the port-forward). To work on the one that answers now, repeat the command with --cluster ${now}; 'dkron-tui journal --cluster ${before.id}' lists what was changed on the other.`,
  });

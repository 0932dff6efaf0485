/** Which of the known clusters it is that answers; and what is known of one. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { andMore } from '../base/counted.ts';
import { fileName } from '../config/file-name.ts';
import { serverFolder } from '../config/places.ts';
import { fingerprintShape, remember, type Sighting } from './fingerprint.ts';
import { type Judgement, judge } from './judge.ts';

/** How a cluster is reached: through which context, if any, and at which address (`Dkron.url`). */
export interface Way {
  readonly context: string | null;
  readonly address: string;
}

/** As it lies on the disk. */
export const clusterShape = z.object({
  id: z.string(),
  /** The context's name, or the address without `http://`: what people call it. */
  label: z.string(),
  /** The ways that it was reached by, the last one first; `at` in ms since the epoch. */
  reached: z.array(
    z.object({ context: z.nullable(z.string()), address: z.string(), at: z.number() }),
  ),
  fingerprint: fingerprintShape,
});

/** A cluster that is known, or that will be when it is kept. */
export type Cluster = z.infer<typeof clusterShape>;

/** What was last reached this way, where another one answers now. */
export interface Before {
  readonly cluster: Cluster;
  /** Why it is not the same, as a part of a sentence. */
  readonly why: string;
}

export type Identified =
  | { readonly kind: 'known'; readonly cluster: Cluster; readonly before: Before | null }
  /** Never seen; `cluster` is not on the disk before it is kept. */
  | { readonly kind: 'new'; readonly cluster: Cluster; readonly before: Before | null }
  /** It may be one of these, the likeliest first, or else `fresh`. Only a person knows. */
  | {
      readonly kind: 'unsure';
      readonly candidates: readonly [Cluster, ...Cluster[]];
      readonly fresh: Cluster;
      /** Why, of the first candidate. */
      readonly why: string;
    }
  /** The context leads to another cluster than its own; `instead` is the one that answers, perhaps new. */
  | {
      readonly kind: 'another';
      readonly expected: Cluster;
      readonly instead: Cluster;
      readonly why: string;
    };

/** Pure: which of the clusters it is. The way only decides where the cluster itself does not. */
export function identify(clusters: readonly Cluster[], seen: Sighting, way: Way): Identified {
  const judged = clusters.map((cluster) => ({ cluster, ...judge(cluster.fingerprint, seen) }));
  const fresh = (): Cluster => newCluster(seen, way, clusters);
  const of = (cluster: Cluster) => judged.find((one) => one.cluster === cluster)!;
  const last = lastReached(clusters, way);
  const own = last?.byContext ? of(last.cluster) : null;
  // A context's name says which cluster is meant, as long as nothing speaks against it.
  if (own !== null && own.verdict !== 'other')
    return { kind: 'known', cluster: own.cluster, before: null };
  const [same] = judged
    .filter(({ verdict }) => verdict === 'same')
    .sort((a, b) => b.proofs - a.proofs || reachedAt(b.cluster, way) - reachedAt(a.cluster, way));
  if (own !== null)
    return {
      kind: 'another',
      expected: own.cluster,
      instead: same?.cluster ?? fresh(),
      why: own.why,
    };
  const beforeUnless = (cluster: Cluster | null): Before | null =>
    last === null || last.cluster === cluster
      ? null
      : { cluster: last.cluster, why: of(last.cluster).why };
  if (same) return { kind: 'known', cluster: same.cluster, before: beforeUnless(same.cluster) };
  // A stranger that has a usual name in common is only asked about where that cluster was reached.
  const [first, ...rest] = judged
    .filter(
      ({ cluster, verdict, proofs }) =>
        verdict === 'unsure' && (proofs > 0 || reachedAt(cluster, way) > 0),
    )
    .sort((a, b) => likeness(b, way) - likeness(a, way));
  if (first === undefined) return { kind: 'new', cluster: fresh(), before: beforeUnless(null) };
  const candidates = [first.cluster, ...rest.map(({ cluster }) => cluster)] as const;
  return { kind: 'unsure', candidates, fresh: fresh(), why: first.why };
}

/** Whether it is this one, by what was seen so far. */
export const isSurely = ({ fingerprint }: Cluster, seen: Sighting): boolean =>
  judge(fingerprint, seen).verdict === 'same';

const likeness = ({ proofs, cluster }: Judgement & { cluster: Cluster }, way: Way): number =>
  proofs * 1e15 + reachedAt(cluster, way);

export const isWay = (one: Way, other: Way): boolean =>
  one.context === other.context && one.address === other.address;

export const lastTime = ({ reached }: Cluster): number =>
  Math.max(0, ...reached.map(({ at }) => at));

/** When it was reached at this address last, ms since the epoch; 0 for never. */
const reachedAt = ({ reached }: Cluster, { address }: Way): number =>
  Math.max(0, ...reached.filter((one) => one.address === address).map(({ at }) => at));

/** When it was reached by this context last; 0 for never. */
const reachedBy = ({ reached }: Cluster, { context }: Way): number =>
  context === null
    ? 0
    : Math.max(0, ...reached.filter((one) => one.context === context).map(({ at }) => at));

/** The cluster of the context, else the one that answered at this address last. */
export function lastReached(
  clusters: readonly Cluster[],
  way: Way,
): { readonly cluster: Cluster; readonly byContext: boolean } | null {
  const latest = (when: (cluster: Cluster, way: Way) => number): Cluster | undefined =>
    clusters.filter((one) => when(one, way) > 0).toSorted((a, b) => when(b, way) - when(a, way))[0];
  const own = latest(reachedBy);
  if (own !== undefined) return { cluster: own, byContext: true };
  const here = latest(reachedAt);
  return here === undefined ? null : { cluster: here, byContext: false };
}

/**
 * A name for the folder that people recognise, and what was seen as a few digits: two programs that see
 * a new cluster at once give it the same id.
 */
export function newCluster(seen: Sighting, way: Way, clusters: readonly Cluster[]): Cluster {
  const { region, datacenter, nodes } = seen;
  const label = way.context ?? way.address.replace(/^https?:\/\//, '');
  const readable = way.context === null ? serverFolder(way.address) : fileName(way.context);
  const places = nodes.map(({ name, address }) => `${name} ${address}`).sort();
  const taken = new Set(clusters.map(({ id }) => id));
  const idOf = (count: number): string => {
    const text = JSON.stringify([region, datacenter, places, way.context, way.address, count]);
    const id = `${readable}-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
    return taken.has(id) ? idOf(count + 1) : id;
  };
  return { id: idOf(0), label, reached: [], fingerprint: remember(seen) };
}

/** What a cluster is called by: a context, and its servers, because several may have had an address. */
type Named = Pick<Cluster, 'label' | 'fingerprint' | 'reached'>;

const isContext = ({ label, reached }: Named): boolean =>
  reached.some(({ context }) => context === label);

const serversIn = ({ fingerprint }: Named, most: number): string =>
  andMore(fingerprint.nodes.map(({ name }) => name).sort(), most);

/** What messages call a cluster: `prod (f1, f2, f3)`, `the cluster of f1, f2, f3`. */
export function nameOf(cluster: Named): string {
  const servers = serversIn(cluster, 3);
  if (servers === '') return cluster.label;
  return isContext(cluster) ? `${cluster.label} (${servers})` : `the cluster of ${servers}`;
}

/** Where there is little room: the context's name, else its servers. */
export const shortNameOf = (cluster: Named): string =>
  isContext(cluster) ? cluster.label : serversIn(cluster, 2) || cluster.label;

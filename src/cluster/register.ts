/**
 * The clusters that this machine knows, on its disk: a folder each below `Places.clusters`, with
 * `cluster.json` and what belongs to that cluster (journal, drafts, the editor's files). Everything that is
 * remembered of a cluster is found by its `id`, never by an address.
 *
 * A console works with it so: at its first whole list it asks `identify`. `known`, `new`: it calls `keep` and
 * takes the folders of `places.cluster(cluster.id)`. `unsure`, `another`: nothing is written until
 * somebody has said which it is, and then it calls `keep` with that one. With every later list it asks
 * `judge(cluster.fingerprint, sighting)` (judge.ts), which takes no time: anything but `same` stops
 * the writes; and now and then `keep`.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound, UsageError } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import type { Places } from '../config/places.ts';
import { writeWhole } from '../config/whole-file.ts';
import { remember, type Sighting, without } from './fingerprint.ts';
import {
  type Cluster,
  clusterShape,
  type Identified,
  identify,
  isWay,
  lastReached,
  lastTime,
  newCluster,
  type Way,
} from './identify.ts';
import { takeOver } from './takeover.ts';

export interface Register {
  /**
   * All that are known, the one that was reached last first; read from the disk again when that is a moment
   * ago, or when something was written here.
   */
  all(): Promise<readonly Cluster[]>;
  /** What `keep` took over of what earlier versions kept by address (takeover.ts), a sentence each. */
  takenOver(): readonly string[];
  /** What the readings so far could not read, in words. */
  passedOver(): readonly string[];
  /** Which cluster it is that answers; `seen` should hold the whole list of jobs. Writes nothing. */
  identify(seen: Sighting, way: Way): Promise<Identified>;
  /** What answers as one that was never seen before, whatever it looks like. */
  fresh(seen: Sighting, way: Way): Promise<Cluster>;
  /**
   * Notes that the cluster was reached this way and looks like this, and takes over what was kept by that
   * address. Gives it as it is known now.
   * Throws OperatorError when the disk refuses.
   */
  keep(cluster: Cluster, seen: Sighting, way: Way): Promise<Cluster>;
  /** Notes that this machine changed these jobs: what was known of them says nothing any more. */
  changed(cluster: Cluster, names: readonly string[]): Promise<void>;
  /** The cluster of the context; without one, the cluster that answered last at this address. */
  last(way: Way): Promise<Cluster | null>;
  /** The cluster of this id or label. Throws NotFound, and UsageError where several have the label. */
  called(word: string): Promise<Cluster>;
}

/** Ways that are remembered of one cluster; every `kubectl port-forward :8080` is another. */
const mostWays = 50;

/** A start asks more than once which there are, ms. */
const moment = 500;

/** @param now ms since the epoch, by this machine's clock. */
export function openRegister(places: Places, now: () => number): Register {
  const passedOver = new Set<string>();
  const takenOver: string[] = [];
  const pathOf = (id: string): string => join(places.cluster(id).folder, 'cluster.json');

  async function read(id: string): Promise<Cluster | null> {
    const path = pathOf(id);
    try {
      const parsed = clusterShape.safeParse(JSON.parse(await readFile(path, 'utf8')));
      if (parsed.success && parsed.data.id === id) return parsed.data;
      passedOver.add(`${path} does not describe a cluster`);
    } catch (error) {
      const failure = error instanceof SyntaxError ? null : fileError(path, 'read', error);
      if (failure instanceof NotFound) return null;
      passedOver.add(
        failure === null
          ? `${path} does not describe a cluster`
          : String((failure as Error).message),
      );
    }
    return null;
  }

  let last: { readonly at: number; readonly clusters: Promise<Cluster[]> } | null = null;

  function all(): Promise<readonly Cluster[]> {
    if (last === null || Math.abs(now() - last.at) > moment)
      last = { at: now(), clusters: readAll() };
    return last.clusters;
  }

  async function readAll(): Promise<Cluster[]> {
    const names = await readdir(places.clusters).catch((error: unknown) => {
      const failure = fileError(places.clusters, 'read', error);
      if (failure instanceof NotFound) return [];
      throw failure;
    });
    const found = await Promise.all(names.filter((name) => !name.startsWith('.')).map(read));
    return found.filter((one) => one !== null).sort((a, b) => lastTime(b) - lastTime(a));
  }

  async function write(cluster: Cluster): Promise<void> {
    try {
      await writeWhole(pathOf(cluster.id), `${JSON.stringify(cluster, null, 1)}\n`);
    } finally {
      last = null;
    }
  }

  return {
    all,
    passedOver: () => [...passedOver],
    takenOver: () => takenOver,
    identify: async (seen, way) => identify(await all(), seen, way),
    fresh: async (seen, way) => newCluster(seen, way, await all()),
    keep: async (cluster, seen, way) => {
      // Another program may have learnt of a way meanwhile.
      const known = (await read(cluster.id)) ?? cluster;
      const others = known.reached.filter((one) => !isWay(one, way));
      const kept: Cluster = {
        ...known,
        label: way.context ?? known.label,
        reached: [{ context: way.context, address: way.address, at: now() }, ...others].slice(
          0,
          mostWays,
        ),
        fingerprint: remember(seen, known.fingerprint),
      };
      await write(kept);
      const taken = await takeOver(places, kept, way.address, seen);
      if (taken !== null) takenOver.push(taken);
      return kept;
    },
    changed: async ({ id }, names) => {
      const known = await read(id);
      if (known !== null && names.length > 0)
        await write({ ...known, fingerprint: without(known.fingerprint, new Set(names)) });
    },
    last: async (way) => lastReached(await all(), way)?.cluster ?? null,
    called: async (word) => {
      const clusters = await all();
      const named = clusters.filter(({ id }) => id === word);
      const [found, ...more] =
        named.length > 0 ? named : clusters.filter(({ label }) => label === word);
      if (found === undefined)
        throw new NotFound(`no cluster is known as ${word}`, {
          data: 'nothing was written',
          next: `known are ${clusters.map(({ id }) => id).join(', ') || 'none yet'}`,
        });
      if (more.length > 0)
        throw new UsageError(`${more.length + 1} clusters are known as ${word}`, {
          data: 'nothing was written',
          next: `give one of their ids: ${[found, ...more].map(({ id }) => id).join(', ')}`,
        });
      return found;
    },
  };
}

/** How the snapshots of a folder saw one job. */
import { explain, OperatorError, UsageError } from '../../base/errors.ts';
import type { Sighting, Version } from '../../journal/history/seen.ts';
import { indexOf } from '../archive/index.ts';
import type { Place } from '../archive/index-file.ts';
import type { SnapshotFile } from '../archive/list.ts';
import { isSnapshotName } from '../archive/name.ts';
import { type InFile, jobAt, jobIn } from './in-file.ts';

/** A snapshot that does not tell how the job was, though it may have it. */
export interface PassedOver {
  readonly snapshot: string;
  readonly why: string;
}

export interface Sightings {
  readonly sightings: readonly Sighting[];
  readonly passedOver: readonly PassedOver[];
  /** How many snapshots of the cluster there are. */
  readonly snapshots: number;
  /** The id of the cluster that they say they are of; null where none says so. */
  readonly cluster: string | null;
}

/** Snapshots that are looked at side by side. */
const together = 16;

/**
 * What they say of the job in any order. Those of another cluster than `cluster`, its id, are left out. Throws
 * UsageError where that is null and they are of several clusters.
 */
export async function sightingsOf(
  name: string,
  files: readonly SnapshotFile[],
  cluster: string | null,
): Promise<Sightings> {
  const own = files.filter(({ head }) => cluster === null || isOf(head, cluster));
  const clusters = new Map(
    own.flatMap(({ head }) => head?.cluster ?? []).map((one) => [one.id, one.name]),
  );
  if (clusters.size > 1) throw ofSeveral(clusters);
  const sightings: Sighting[] = [];
  const passedOver: PassedOver[] = [];
  /** By its definition's hash: a body is read where that is another than before. */
  const known = new Map<string, Version>();
  for (let at = 0; at < own.length; at += together) {
    const some = own.slice(at, at + together);
    const places = await Promise.all(some.map((file) => placeIn(name, file)));
    for (const [index, file] of some.entries()) {
      const seen = await closer(name, file, places[index]!, known);
      const source = { kind: 'snapshot', id: file.name } as const;
      if ('why' in seen) passedOver.push({ snapshot: file.name, why: seen.why });
      else if ('version' in seen) sightings.push({ at: file.taken, state: seen.version, source });
      else if (!seen.whole) passedOver.push({ snapshot: file.name, why: notWhole });
      else if (hasAll(file)) sightings.push({ at: file.taken, state: null, source });
    }
  }
  const [id = cluster] = clusters.keys();
  return { sightings, passedOver, snapshots: own.length, cluster: id };
}

/** Of all definitions together, characters. */
const mostText = 64 << 20;
const tooManyTexts = `the definitions in newer snapshots are ${mostText >> 20} MB already`;

const notWhole = 'not all of its jobs can be read';

/** A snapshot that does not say of which cluster it is may be of any. */
const isOf = (head: SnapshotFile['head'], cluster: string): boolean =>
  (head?.cluster ?? null) === null || head?.cluster?.id === cluster;

const ofSeveral = (clusters: ReadonlyMap<string, string>): UsageError =>
  new UsageError(`the folder has snapshots of ${clusters.size} clusters`, {
    data: 'Nothing was changed.',
    next: `Say which is meant with --cluster: ${[...clusters].map(([id, name]) => `${id} (${name})`).join(', ')}`,
  });

/** Whether all jobs of the server are in it, so that one which is not there did not exist. */
const hasAll = ({ name, head }: SnapshotFile): boolean =>
  head === null ? isSnapshotName(name) : head.chosen === null && head.kind !== 'safety';

/** Where the index has the job. */
async function placeIn(name: string, file: SnapshotFile): Promise<{ place: Place } | InFile> {
  try {
    const index = await indexOf(file);
    const place = index.find(name);
    if (index.isTwice(name)) return await jobIn(file.path, name);
    if (place !== null) return { place };
    // What could not be read may have been this job.
    if (file.jobs === index.jobs || !hasAll(file)) return { none: true, whole: true };
    return await jobIn(file.path, name);
  } catch (error) {
    return whyNot(error);
  }
}

/** Reads the body of a definition that was not read before. */
async function closer(
  name: string,
  file: SnapshotFile,
  found: { place: Place } | InFile,
  known: Map<string, Version>,
): Promise<InFile> {
  if (!('place' in found)) return found;
  const { definition } = found.place;
  const before = known.get(definition);
  if (before !== undefined) return { version: before };
  const held = known.values().reduce((sum, { text }) => sum + text.length, 0);
  if (held > mostText) return { why: tooManyTexts };
  const read = await jobAt(file.path, name, found.place).catch(whyNot);
  if ('version' in read) known.set(definition, read.version);
  return read;
}

function whyNot(error: unknown): InFile {
  if (error instanceof OperatorError) return { why: explain(error)[0] ?? error.message };
  throw error;
}

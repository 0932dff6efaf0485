/** Why a job fails: what is known of the time before its first failure. */
import { OperatorError, operatorError } from '../base/errors.ts';
import type { Execution } from '../dkron/shapes.ts';
import type { JobTable } from '../job/table.ts';
import type { FileJournal, PastChange } from '../journal/file.ts';
import { changesIn } from '../journal/history/changes.ts';
import type { Sighting } from '../journal/history/seen.ts';
import { type Step, stepsOf } from '../journal/history/steps.ts';
import type { RosterChange } from '../oversight/roster.ts';
import { definitionHash } from '../snapshot/archive/definition.ts';
import { indexOf } from '../snapshot/archive/index.ts';
import { isOfAll, listSnapshots, type SnapshotFile } from '../snapshot/archive/list.ts';
import { sightingsOf } from '../snapshot/history/sightings.ts';
import {
  type Event,
  editsOf,
  failingOf,
  nodesOf,
  type Ordered,
  ordered,
  timeOf,
  windowStart,
} from './events.ts';
import { type Incident, incidentOf } from './incident.ts';
import { type Relation, relativesOf } from './relatives.ts';

export interface Why extends Ordered {
  readonly job: string;
  readonly incident: Incident;
  /** How many jobs call the same host. */
  readonly sameHost: number;
  /** Snapshots that were looked at. */
  readonly snapshots: number;
  /** What could not be looked at, in words. */
  readonly gaps: readonly string[];
}

/** What is known, and by whom. */
export interface Sources {
  readonly jobs: JobTable;
  /** When these were listed, ms since the epoch. */
  readonly at: number;
  /** Where the snapshots are. */
  readonly folder: string;
  /** The id of the cluster; null: it is not sure which one answers, so that neither is asked. */
  readonly cluster: string | null;
  readonly journal: FileJournal | null;
  /** Nodes that came and went, and who led. */
  readonly nodes: readonly RosterChange[];
  /** What waits has its turn. */
  readonly breathe: () => Promise<void>;
}

/** In words why there is nothing to explain. Throws OperatorError for a folder that cannot be read. */
export async function whyOf(
  name: string,
  runs: readonly Execution[],
  sources: Sources,
): Promise<Why | { readonly why: string }> {
  const { jobs, breathe } = sources;
  const incident = incidentOf(runs, timeOf(jobs.get(name)?.last_success ?? null));
  if ('why' in incident) return incident;
  const relatives = await relativesOf(name, jobs, breathe);
  const past = await pastOf(relatives, incident, sources);
  const events: readonly Event[] = [
    ...editsOf(past.steps, relatives, incident),
    ...nodesOf(sources.nodes, incident),
    ...(await failingOf(name, jobs, relatives, incident, breathe)),
  ];
  const sameHost = relatives.values().filter((relation) => relation === 'host');
  return {
    job: name,
    incident,
    sameHost: [...sameHost].length,
    snapshots: past.snapshots,
    gaps: past.gaps,
    ...ordered(events),
  };
}

interface Past {
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  readonly snapshots: number;
  readonly gaps: readonly string[];
}

/** Of jobs that call the same host so many are looked at whose definitions differ. */
const mostChanged = 50;
/** The newest before the first failure; each index of 10 000 jobs is a megabyte. */
const mostFiles = 60;

async function pastOf(
  relatives: ReadonlyMap<string, Relation>,
  incident: Incident,
  sources: Sources,
): Promise<Past> {
  const { cluster, folder, journal, jobs, at } = sources;
  if (cluster === null)
    return {
      steps: new Map(),
      snapshots: 0,
      gaps: ['no snapshot or journal is surely of this cluster'],
    };
  const { files, left } = around(await listSnapshots(folder), incident, cluster);
  const changes = await changesOf(journal, relatives, windowStart(incident));
  const nearest = [...relatives]
    .filter(([, relation]) => relation !== 'host')
    .map(([name]) => name);
  const differ = await differing([...relatives.keys()], files, sources);
  const changed = new Set([...nearest, ...changes.keys(), ...differ]);
  const looked = [...changed].slice(0, nearest.length + mostChanged);
  const steps = new Map<string, readonly Step[]>();
  const gaps = new Set<string>();
  for (const name of looked) {
    const seen = await sightingsOf(name, files, cluster);
    for (const { snapshot, why } of seen.passedOver) gaps.add(`${snapshot}: ${why}`);
    const now: Sighting = {
      at,
      state: jobs.get(name) ?? null,
      source: { kind: 'server', id: 'now' },
    };
    const read = changesIn(changes.get(name) ?? []);
    for (const id of read.unreadable) gaps.add(`the change ${id} in the journal cannot be read`);
    steps.set(name, stepsOf([...seen.sightings, now], read.changes));
  }
  if (left > 0) gaps.add(`${left} older snapshots were not looked at`);
  if (changed.size > looked.length)
    gaps.add(`${changed.size - looked.length} more jobs of the same host were changed`);
  for (const what of journal?.passedOver() ?? []) gaps.add(what);
  return { steps, snapshots: files.length, gaps: [...gaps] };
}

/** Those of the time, with the last one of all jobs before it and the first one after it. */
function around(
  all: readonly SnapshotFile[],
  incident: Incident,
  cluster: string,
): { readonly files: readonly SnapshotFile[]; readonly left: number } {
  const from = windowStart(incident);
  const own = all.filter(
    ({ head }) => (head?.cluster ?? null) === null || head?.cluster?.id === cluster,
  );
  const older = own.find((file) => file.taken < from && isOfAll(file));
  const newer = own.findLast((file) => file.taken >= incident.since && isOfAll(file));
  const within = own.filter(({ taken }) => taken >= from && taken < incident.since);
  const files = [newer, ...within.slice(0, mostFiles), older].filter((file) => file !== undefined);
  return { files, left: Math.max(0, within.length - mostFiles) };
}

/** What the journal has of these jobs since then, the oldest first. */
async function changesOf(
  journal: FileJournal | null,
  relatives: ReadonlyMap<string, Relation>,
  from: number,
): Promise<Map<string, PastChange[]>> {
  const found = new Map<string, PastChange[]>();
  if (journal === null) return found;
  for await (const changes of journal.operations()) {
    if (changes.every(({ at }) => Date.parse(at) < from)) break;
    for (const change of changes.toReversed())
      if (relatives.has(change.job))
        found.set(change.job, [change, ...(found.get(change.job) ?? [])]);
  }
  return found;
}

/** Names that are looked up between two breaths. */
const atOnce = 1_000;

/** Jobs that are not the same in all of these snapshots and now. */
async function differing(
  names: readonly string[],
  files: readonly SnapshotFile[],
  { jobs, breathe }: Sources,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const last = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    if (at % 50 === 49) await breathe();
    const row = jobs.get(name);
    if (row !== undefined) last.set(name, definitionHash(row.job));
  }
  for (const file of files) {
    const index = await indexOf(file).catch(operatorError);
    await breathe();
    // sightingsOf tells why, where it is one of those that are looked at.
    if (index instanceof OperatorError) continue;
    for (const [at, name] of names.entries()) {
      if (at % atOnce === atOnce - 1) await breathe();
      const definition = index.find(name)?.definition;
      const before = last.get(name);
      if (definition === undefined ? before !== undefined && isOfAll(file) : definition !== before)
        found.add(name);
      if (definition !== undefined) last.set(name, definition);
    }
  }
  return found;
}

/** When and how one job changed, over all snapshots of a cluster and the journal. */

import { getPath } from '../../job/values/path.ts';
import type { FileJournal } from '../../journal/file.ts';
import { changesIn } from '../../journal/history/changes.ts';
import type { JobThen, Sighting } from '../../journal/history/seen.ts';
import { type Step, stepsOf } from '../../journal/history/steps.ts';
import { listSnapshots } from '../archive/list.ts';
import { type PassedOver, sightingsOf } from './sightings.ts';

export interface History {
  readonly name: string;
  /** Newest first. */
  readonly steps: readonly Step[];
  /** How many snapshots of the cluster there are, and how many changes of the job the journal has. */
  readonly snapshots: number;
  readonly changes: number;
  /** What cannot be told: by a snapshot, or the journal. */
  readonly passedOver: readonly PassedOver[];
  readonly unreadable: readonly string[];
}

export interface Where {
  readonly folder: string;
  /** The id of the cluster that is meant; null: the one that the snapshots are of. */
  readonly cluster: string | null;
  /** The journal of a cluster; of null when the snapshots do not say either. */
  readonly journalOf: (cluster: string | null) => Promise<FileJournal | null>;
}

/** @param now the job as the server shows it at this moment, where it was asked. */
export async function historyOf(
  name: string,
  { folder, cluster, journalOf }: Where,
  now: Sighting | null = null,
): Promise<History> {
  const seen = await sightingsOf(name, await listSnapshots(folder), cluster);
  const journal = await journalOf(seen.cluster);
  const past = (await journal?.history(name)) ?? [];
  const { changes, unreadable } = changesIn(past);
  return {
    name,
    steps: stepsOf(now === null ? seen.sightings : [...seen.sightings, now], changes),
    snapshots: seen.snapshots,
    changes: past.length,
    passedOver: seen.passedOver,
    unreadable: [
      ...unreadable.map((id) => `the change ${id}: its definition is not a complete job`),
      ...(journal?.passedOver() ?? []),
    ],
  };
}

/** Whether the step touched the value at this path, which is one as `edit --set` takes it. */
export const touches = ({ from, to }: Step, path: string): boolean =>
  valueIn(from, path) !== valueIn(to, path);

/** Why none of the definitions has such a value; null where one has. */
export function noSuchValue(steps: readonly Step[], path: string): string | null {
  const found = steps.flatMap(({ from, to }) => [to, from]).flatMap((state) => state ?? []);
  const values = found.map(({ job }) => getPath(job, path));
  const [problem] = values.flatMap((value) => ('error' in value ? [value.error] : []));
  return values.some((value) => 'value' in value) ? null : (problem ?? 'it was never seen');
}

function valueIn(state: JobThen, path: string): string | null {
  const found = state === null ? null : getPath(state.job, path);
  return found === null || 'error' in found ? null : found.value;
}

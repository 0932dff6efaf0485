/** Safety snapshots that are still needed: their operation is young, or it is not known how it ended. */
import { OperatorError } from '../../base/errors.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { SnapshotFile } from '../archive/list.ts';
import type { PruneOptions } from './prune.ts';

/** Ids of clusters as they are given; anything else is no name of a folder of ours. */
const isId = (text: string): boolean => /^[\w-]+$/.test(text);

/**
 * Days for which a change is likely to be taken back. Undo itself reads the journal, which never ends; without a
 * bound no safety snapshot would ever go.
 */
const young = 30;

const day = 86_400_000;

/** `journalOf` opens the journal of a cluster by its id. What cannot be read is not guessed at. */
export async function neededSafety(
  files: readonly SnapshotFile[],
  journalOf: (cluster: string) => Pick<FileJournal, 'list'>,
  now: number,
): Promise<PruneOptions['needed']> {
  const clusters = files.flatMap(({ head }) =>
    head?.kind === 'safety' && head.cluster !== null ? [head.cluster.id] : [],
  );
  const named = new Map<string, ReadonlySet<string> | null>();
  for (const id of new Set(clusters)) named.set(id, await namesIn(id, journalOf, now));
  return ({ name }, { kind, cluster, operation }) => {
    if (kind !== 'safety' || cluster === null) return null;
    const names = named.get(cluster.id);
    if (!names) return 'the journal of its cluster cannot be read';
    return names.has(name) || names.has(operation ?? '') ? 'undo may need it' : null;
  };
}

async function namesIn(
  id: string,
  journalOf: (cluster: string) => Pick<FileJournal, 'list'>,
  now: number,
): Promise<ReadonlySet<string> | null> {
  if (!isId(id)) return null;
  try {
    const names = new Set<string>();
    for await (const { id: operation, at, safety = '', outcomes } of journalOf(id).list())
      if (now - Date.parse(at) < young * day || outcomes.open + outcomes.unknown > 0)
        names.add(operation).add(safety);
    return names;
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}

/** Safety snapshots that an operation of the journal still names: they are what it can go back to. */
import { OperatorError } from '../../base/errors.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { SnapshotFile } from '../archive/list.ts';
import type { PruneOptions } from './prune.ts';

/** Ids of clusters as they are given; anything else is no name of a folder of ours. */
const isId = (text: string): boolean => /^[\w-]+$/.test(text);

/** `journalOf` opens the journal of a cluster by its id. What cannot be read is not guessed at. */
export async function neededSafety(
  files: readonly SnapshotFile[],
  journalOf: (cluster: string) => Pick<FileJournal, 'changes'>,
): Promise<PruneOptions['needed']> {
  const clusters = files.flatMap(({ head }) =>
    head?.kind === 'safety' && head.cluster !== null ? [head.cluster.id] : [],
  );
  const named = new Map<string, ReadonlySet<string> | null>();
  for (const id of new Set(clusters)) named.set(id, await namesIn(id, journalOf));
  return ({ name }, { kind, cluster, operation }) => {
    if (kind !== 'safety' || cluster === null) return null;
    const names = named.get(cluster.id);
    if (!names) return 'the journal of its cluster cannot be read';
    return names.has(name) || names.has(operation ?? '') ? 'its operation is in the journal' : null;
  };
}

async function namesIn(
  id: string,
  journalOf: (cluster: string) => Pick<FileJournal, 'changes'>,
): Promise<ReadonlySet<string> | null> {
  if (!isId(id)) return null;
  try {
    const changes = await journalOf(id).changes();
    return new Set(changes.flatMap(({ operation = '', safety = '' }) => [operation, safety]));
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}

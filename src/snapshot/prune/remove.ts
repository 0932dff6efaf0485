/** Removes snapshots with all that lies beside them. */
import { readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../../base/errors.ts';
import { exists, fileError, flushFolder } from '../../config/files.ts';
import { readHead } from '../archive/head.ts';
import { indexPath } from '../archive/index.ts';
import type { SnapshotFile } from '../archive/list.ts';
import { isManifest, manifestPath, snapshotOf } from '../archive/manifest.ts';
import { executionsPath } from '../archive/name.ts';
import { inTurnFor } from '../archive/note.ts';

export interface Removal {
  readonly file: SnapshotFile;
  /** Why it is still there; null: it is gone, also when another program was faster. */
  readonly why: string | null;
}

/**
 * One after the other. Each goes in turn with whoever pins it: what was pinned meanwhile stays. The snapshot
 * goes before its manifest, so that a program that is killed in between leaves nothing that could be taken for
 * a snapshot without proof; what it leaves goes with the next.
 */
export async function removeSnapshots(
  files: readonly SnapshotFile[],
  now: number,
): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const file of files) {
    const why = await remove(file).catch((error: unknown) => {
      const failure = fileError(file.path, 'removed', error, null);
      if (failure instanceof OperatorError) return failure.message;
      throw failure;
    });
    removals.push({ file, why });
  }
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    await removeOrphans(folder, now);
    await flushFolder(folder).catch(() => {});
  }
  return removals;
}

const remove = (file: SnapshotFile): Promise<string | null> =>
  inTurnFor(file.path, async () => {
    const head = await readHead(file.path);
    if (head?.pinned) return 'it was pinned meanwhile';
    if (head === null && file.head !== null && (await exists(file.path)))
      return 'its manifest cannot be read any more';
    if (head !== null && file.head === null) return 'it has got a manifest meanwhile';
    await unlinkIfThere(file.path);
    await removeBeside(file.path);
    return null;
  });

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function removeBeside(snapshot: string): Promise<void> {
  await unlinkIfThere(executionsPath(snapshot));
  await unlinkIfThere(manifestPath(snapshot));
  await rm(indexPath(snapshot), { force: true }).catch(() => {});
}

const day = 86_400_000;

/** Manifests whose snapshot a killed program removed; a snapshot that is being taken has a young one. */
async function removeOrphans(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter(isManifest)) {
    const snapshot = join(folder, snapshotOf(name));
    const entry = await stat(manifestPath(snapshot)).catch(() => null);
    if (entry === null || now - entry.mtimeMs < day || (await exists(snapshot))) continue;
    await removeBeside(snapshot).catch(() => {});
  }
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptFile } from '../../base/errors.ts';
import { exists } from '../../config/files.ts';
import { isManifest, type ManifestHead, readManifest, snapshotOf } from '../archive/manifest.ts';

/** A snapshot that holds already what would be written. */
export interface Holder {
  readonly path: string;
  readonly manifest: ManifestHead;
}

/**
 * The newest snapshot of a folder of the same cluster and the same choice, if it holds the same definitions:
 * then another one would say nothing new. What has no manifest proves nothing.
 */
export async function holderOf(head: ManifestHead, folder: string): Promise<Holder | null> {
  const names = await readdir(folder).catch(() => []);
  let newest: Holder | null = null;
  for (const name of names.filter(isManifest)) {
    const path = join(folder, snapshotOf(name));
    const manifest = await readManifest(path).catch((error: unknown) => {
      if (error instanceof CorruptFile) return null;
      throw error;
    });
    if (manifest === null || !isOfSame(manifest, head) || !(await exists(path))) continue;
    if (newest === null || newest.manifest.taken < manifest.taken) newest = { path, manifest };
  }
  return newest?.manifest.definitions === head.definitions ? newest : null;
}

/** Who was not asked which cluster it is goes by its address. */
const isOfSame = (a: ManifestHead, b: ManifestHead): boolean =>
  (a.cluster?.id ?? a.url) === (b.cluster?.id ?? b.url) &&
  JSON.stringify(a.chosen) === JSON.stringify(b.chosen);

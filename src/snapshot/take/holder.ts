import { clusterOf } from '../archive/groups.ts';
import { listSnapshots } from '../archive/list.ts';
import type { ManifestHead } from '../archive/manifest.ts';

/** A snapshot that holds already what would be written. */
export interface Holder {
  readonly path: string;
  readonly manifest: ManifestHead;
}

/**
 * The newest snapshot of a folder of the same cluster and the same choice, if it holds the same definitions:
 * then another one would say nothing new. What has no manifest, or another length than that says, proves
 * nothing; a safety snapshot is of a few jobs.
 */
export async function holderOf(head: ManifestHead, folder: string): Promise<Holder | null> {
  for (const { path, head: other, proof } of await listSnapshots(folder)) {
    if (other === null || proof !== 'manifest' || other.kind === 'safety') continue;
    if (!isOfSame(other, head)) continue;
    return other.definitions === head.definitions ? { path, manifest: other } : null;
  }
  return null;
}

const isOfSame = (a: ManifestHead, b: ManifestHead): boolean =>
  clusterOf(a) === clusterOf(b) && JSON.stringify(a.chosen) === JSON.stringify(b.chosen);

/** Whether a manifest is of another file than the one that bears its name. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { counted } from '../../base/counted.ts';
import { readHead } from '../archive/head.ts';
import { isManifest, type Manifest, snapshotOf } from '../archive/manifest.ts';
import { contentOf } from './content.ts';
import { type Damage, damage } from './damage.ts';
import type { FileLines } from './lines.ts';

/**
 * One damage in place of all that was found: the file is what the manifest of another snapshot of the folder says, or
 * has none of the jobs of its own. Null where it is a damaged one of this manifest.
 */
export async function otherManifest(
  file: string,
  lines: FileLines,
  manifest: Manifest,
): Promise<Damage | null> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isManifest)) {
    const snapshot = snapshotOf(name);
    if (snapshot === basename(file)) continue;
    if ((await readHead(join(folder, snapshot)))?.sha256 === lines.sha256)
      return damage(
        'other-manifest',
        `its manifest is of another snapshot: the file is, whole, what the manifest of ${snapshot} says`,
      );
  }
  return isStrange(lines, manifest)
    ? damage(
        'other-manifest',
        `its manifest is of another snapshot: none of the ${counted(manifest.count)} that it names stands in the file`,
      )
    : null;
}

/** So many lines are enough to tell. */
const few = 100;

/** Whether the file has jobs, and no line and no name of the manifest. */
function isStrange({ same, rest }: FileLines, manifest: Manifest): boolean {
  if (same > 0) return false;
  const names = new Set(manifest.lines.map(({ name }) => name));
  const sums = new Set(manifest.lines.map(({ sha256 }) => sha256));
  if (rest.some(({ sha256 }) => sums.has(sha256))) return false;
  const found = rest.slice(0, few).map(contentOf);
  return (
    found.some(({ definition }) => definition !== null) &&
    found.every(({ name }) => name === null || !names.has(name))
  );
}

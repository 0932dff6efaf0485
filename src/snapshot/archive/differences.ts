/** What differs between each snapshot of all jobs and the one before of its cluster, for a list of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../config/whole-file.ts';
import { type Difference, differences } from './difference.ts';
import { clusterOf } from './groups.ts';
import { type Indexed, indexFolder, indexOf } from './index.ts';

/** The jobs of a snapshot as one hash, which tells two contents apart for good. */
interface Pair {
  readonly path: string;
  readonly before: Indexed;
  readonly after: Indexed;
  readonly key: string;
}

/**
 * By path; newest first. Only of snapshots with a manifest: the others would have to be read. What was found
 * is kept by the hashes of both contents (`.index/differences`), where it never grows old.
 */
export async function differencesBefore(
  folder: string,
  files: readonly Indexed[],
): Promise<ReadonlyMap<string, Difference>> {
  const pairs = pairsOf(files);
  const path = join(indexFolder(folder), 'differences');
  const known = pairs.length === 0 ? new Map<string, Difference>() : await readKnown(path);
  const found = new Map<string, Difference>();
  let news = false;
  for (const { key, before, after } of pairs) {
    if (found.has(key)) continue;
    const difference = known.get(key) ?? (await compare(before, after));
    if (difference === null) continue;
    news ||= !known.has(key);
    found.set(key, difference);
  }
  if (news) await writeWhole(path, textOf(found)).catch(() => {});
  return new Map(
    pairs.flatMap(({ path, key }) => {
      const difference = found.get(key);
      return difference === undefined ? [] : [[path, difference] as const];
    }),
  );
}

/** Each of all jobs with the next older one of its cluster, by whatever way that was taken. */
function pairsOf(files: readonly Indexed[]): Pair[] {
  const newer = new Map<string, Indexed>();
  const pairs: Pair[] = [];
  for (const file of files) {
    const { head } = file;
    if (head === null || head.chosen !== null || head.kind === 'safety') continue;
    const group = clusterOf(head);
    const after = newer.get(group);
    newer.set(group, file);
    if (after?.head)
      pairs.push({
        path: after.path,
        before: file,
        after,
        key: `${head.definitions} ${after.head.definitions}`,
      });
  }
  return pairs;
}

const none: Difference = { added: 0, removed: 0, changed: 0 };

/** Null where one of them cannot be read. */
async function compare(before: Indexed, after: Indexed): Promise<Difference | null> {
  if (before.head!.definitions === after.head!.definitions) return none;
  try {
    return differences(await indexOf(before), await indexOf(after));
  } catch {
    return null;
  }
}

/** A line a pair: `BEFORE AFTER added removed changed`. */
async function readKnown(path: string): Promise<Map<string, Difference>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const line = /^(\S+ \S+) (\d+) (\d+) (\d+)$/gm;
  return new Map(
    [...text.matchAll(line)].map(([, key, added, removed, changed]) => [
      key!,
      { added: Number(added), removed: Number(removed), changed: Number(changed) },
    ]),
  );
}

const textOf = (found: ReadonlyMap<string, Difference>): string =>
  [...found]
    .map(([key, { added, removed, changed }]) => `${key} ${added} ${removed} ${changed}\n`)
    .join('');

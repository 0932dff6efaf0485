/** Moves old operations of a journal into compressed months, so that its folder stays small. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../config/lease.ts';
import { readHeads } from './lines.ts';
import { operationsOfMonth, writeMonth } from './months.ts';
import { operationNames } from './operation-file.ts';
import { linesOf } from './stored.ts';

export interface Bounds {
  /** So many of the newest operations keep files of their own. */
  readonly own: number;
  /** Nothing is moved before so many are too many. */
  readonly slack: number;
  /** What was written into within this time, ms, may be written into again. */
  readonly rest: number;
}

const usual: Bounds = { own: 1_000, slack: 200, rest: 3_600_000 };

/** So many, and so much text of them, are moved at once: it is a second at most. */
const most = { count: 1_000, bytes: 64 << 20 };

/**
 * Moves some of what is old, the oldest first. A file goes once what it holds is on the disk and was read back; killed in between, both are
 * there, which readers see as one. What is not known how it ended stays. Rejects as the file system does, and
 * throws OperatorError where another program does the same all the time.
 */
export async function tidy(folder: string, now: number, bounds: Bounds = usual): Promise<void> {
  if (!(await isTooMany(folder, bounds))) return;
  await inTurn(join(folder, '.tidy'), async () => {
    await sweep(folder);
    const { operations } = await operationNames(folder);
    const old = operations.slice(bounds.own).reverse();
    const group = await groupOf(folder, old, now - bounds.rest);
    if (group.length > 0) await move(folder, group.reverse());
  });
}

/** What a program that was killed had begun. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('.') && name.endsWith('.jsonl.gz')) await rm(join(folder, name));
}

const isTooMany = async (folder: string, { own, slack }: Bounds): Promise<boolean> => {
  const { operations } = await operationNames(folder).catch(() => ({ operations: [] }));
  return operations.length > own + slack;
};

interface Resting {
  readonly key: string;
  readonly size: number;
  readonly changed: number;
}

/** The first of one month that nobody writes into any more, of keys that come oldest first. */
async function groupOf(
  folder: string,
  keys: readonly string[],
  before: number,
): Promise<Resting[]> {
  const group: Resting[] = [];
  let bytes = 0;
  for (const key of keys) {
    const [first] = group;
    if (first !== undefined && monthIn(key) !== monthIn(first.key)) break;
    const { size, mtimeMs: changed } = await stat(join(folder, key));
    if (changed >= before || !(await isEnded(join(folder, key)))) continue;
    bytes += size;
    if (group.length === most.count || (first !== undefined && bytes > most.bytes)) break;
    group.push({ key, size, changed });
  }
  return group;
}

const monthIn = (key: string): string => key.slice(0, 6);

async function isEnded(path: string): Promise<boolean> {
  const { changes } = await readHeads(linesOf(path));
  return changes.every(({ result }) => result !== null && result.outcome !== 'unknown');
}

const stampIn = (key: string): string => key.slice(0, key.indexOf('_'));

async function move(folder: string, group: readonly Resting[]): Promise<void> {
  async function* texts() {
    for (const { key } of group) yield { key, text: await readFile(join(folder, key)) };
  }
  const range = { oldest: stampIn(group.at(-1)!.key), newest: stampIn(group[0]!.key) };
  const path = await writeMonth(folder, range, texts());
  const kept = new Set<string>();
  for await (const { key } of operationsOfMonth(path)) kept.add(key);
  for (const { key, size, changed } of group) {
    const now = await stat(join(folder, key));
    if (kept.has(key) && now.size === size && now.mtimeMs === changed) await rm(join(folder, key));
  }
}

/** Moves old operations of a journal into compressed months, so that its folder stays small. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../config/lease.ts';
import { readHeads } from './lines.ts';
import { operationsOfMonth, writeMonth } from './months.ts';
import { operationNames } from './operation-file.ts';

export interface Bounds {
  /** So many of the newest operations keep files of their own. */
  readonly own: number;
  /** Nothing is moved before so many are too many. */
  readonly slack: number;
  /** What was written into within this time, ms, may be written into again. */
  readonly rest: number;
}

const usual: Bounds = { own: 1_000, slack: 200, rest: 86_400_000 };

/** So much text at most is moved into one file. */
const most = 64 << 20;

/**
 * Moves what is old. A file goes once what it holds is on the disk and was read back; killed in between, both are
 * there, which readers see as one. What is not known how it ended stays. Rejects as the file system does, and
 * throws OperatorError where another program does the same all the time.
 */
export async function tidy(folder: string, now: number, bounds: Bounds = usual): Promise<void> {
  if (!(await isTooMany(folder, bounds))) return;
  await inTurn(join(folder, '.tidy'), async () => {
    await sweep(folder);
    const { operations } = await operationNames(folder);
    const resting = await restingOf(folder, operations.slice(bounds.own), now - bounds.rest);
    for (const group of groupsOf(resting)) await move(folder, group);
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

/** Those that nobody writes into any more, newest first. */
async function restingOf(
  folder: string,
  keys: readonly string[],
  before: number,
): Promise<Resting[]> {
  const resting: Resting[] = [];
  for (const key of keys) {
    const { size, mtimeMs: changed } = await stat(join(folder, key));
    if (changed < before && (await isEnded(join(folder, key))))
      resting.push({ key, size, changed });
  }
  return resting;
}

async function isEnded(path: string): Promise<boolean> {
  const { changes } = await readHeads((await readFile(path, 'utf8')).split('\n'));
  return changes.every(({ result }) => result !== null && result.outcome !== 'unknown');
}

/** Of one month each, and not too large. */
function* groupsOf(resting: readonly Resting[]): Generator<Resting[]> {
  const months = Map.groupBy(resting, ({ key }) => key.slice(0, 6));
  for (const month of months.values()) {
    let group: Resting[] = [];
    let size = 0;
    for (const one of month) {
      if (size + one.size > most && group.length > 0) {
        yield group;
        [group, size] = [[], 0];
      }
      group.push(one);
      size += one.size;
    }
    yield group;
  }
}

const stampIn = (key: string): string => key.slice(0, key.indexOf('_'));

async function move(folder: string, group: readonly Resting[]): Promise<void> {
  async function* texts() {
    for (const { key } of group) yield { key, text: await readFile(join(folder, key), 'utf8') };
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

/** Where the operations of a journal are: each in a file of its own, older ones together in compressed months. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import { type Lines, readHeads } from './lines.ts';
import { type Month, monthsIn, operationsOfMonth } from './months.ts';
import { operationNames, stampOf } from './operation-file.ts';
import { split } from './split.ts';

/** An operation as it is kept. */
export interface Stored {
  /** The name of its own file, whether it still has one or not; a newer one sorts after it. */
  readonly key: string;
  /** The file that it is in. */
  readonly path: string;
  readonly lines: () => Lines;
}

/** Sorts after every key. */
const end = '\uffff';

/**
 * The operations whose key is below, newest first; what is there twice comes once. What cannot be read is passed
 * over and noted. Throws OperatorError where the folder cannot be read.
 */
export async function* storedOperations(
  folder: string,
  passedOver: Set<string>,
  below = end,
): AsyncGenerator<Stored> {
  const isBelow = ({ key }: Pick<Stored, 'key'>): boolean => key < below;
  const own = [...(await filesIn(folder, passedOver)), ...(await oldOnes(folder, passedOver))];
  const files = own.filter(isBelow).sort((a, b) => (a.key < b.key ? 1 : -1));
  const months = (await monthsIn(folder)).filter(({ oldest }) => oldest < below);
  const open = [await opened(files)];
  let last = end;
  for (;;) {
    let newest = newestOf(open);
    while (months[0] !== undefined && (newest === null || months[0].newest > newest.key)) {
      const month = months.shift()!;
      open.push(await opened(withinMonth(month, passedOver, isBelow)));
      newest = newestOf(open);
    }
    const source = open.find(({ next }) => next === newest);
    if (newest === null || source === undefined) return;
    source.next = await source.advance();
    if (newest.key !== last) yield newest;
    last = newest.key;
  }
}

interface Source {
  next: Stored | null;
  readonly advance: () => Promise<Stored | null>;
}

async function opened(operations: AsyncIterable<Stored> | Iterable<Stored>): Promise<Source> {
  const iterator =
    Symbol.asyncIterator in operations
      ? operations[Symbol.asyncIterator]()
      : operations[Symbol.iterator]();
  const advance = async (): Promise<Stored | null> => {
    const { value, done } = await iterator.next();
    return done ? null : value;
  };
  return { next: await advance(), advance };
}

/** Of those that are alike the one that was opened first: its own file may say more than a month. */
const newestOf = (open: readonly Source[]): Stored | null =>
  open.reduce<Stored | null>(
    (newest, { next }) =>
      next !== null && (newest === null || next.key > newest.key) ? next : newest,
    null,
  );

async function filesIn(folder: string, passedOver: Set<string>): Promise<Stored[]> {
  const { operations, strangers } = await operationNames(folder).catch((error: unknown) => {
    const failure = fileError(folder, 'read', error);
    // No journal yet: nothing was changed from here.
    if (failure instanceof NotFound) return { operations: [], strangers: [] };
    throw failure;
  });
  for (const name of strangers)
    passedOver.add(`${join(folder, name)} is not a file of the journal`);
  return operations.map((key) => {
    const path = join(folder, key);
    return { key, path, lines: () => linesOfOwn(folder, key) };
  });
}

/** Another program may have moved it meanwhile. */
async function* linesOfOwn(folder: string, key: string): AsyncGenerator<string> {
  try {
    yield* linesOf(join(folder, key));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    for (const { path, oldest, newest } of await monthsIn(folder))
      if (oldest <= key && key <= newest)
        for await (const moved of operationsOfMonth(path))
          if (moved.key === key) return yield* moved.lines;
  }
}

async function* withinMonth(
  month: Month,
  passedOver: Set<string>,
  isWanted: (one: Pick<Stored, 'key'>) => boolean,
): AsyncGenerator<Stored> {
  const { path } = month;
  try {
    for await (const { key, lines } of operationsOfMonth(path))
      if (isWanted({ key })) yield { key, path, lines: () => lines };
  } catch (error) {
    passedOver.add(`${path}: the rest of it cannot be read: ${(error as Error).message}`);
  }
}

/** The operations in the one file that earlier versions kept beside the folder. */
async function oldOnes(folder: string, passedOver: Set<string>): Promise<Stored[]> {
  const path = `${folder}.jsonl`;
  const operations = new Map<string, { readonly at: string; readonly lines: string[] }>();
  try {
    const all = await Array.fromAsync(linesOf(path));
    const { changes, unreadable } = await readHeads(all);
    if (unreadable > 0)
      passedOver.add(`${path}: ${unreadable} of its lines are not complete entries`);
    const keyOf = new Map(changes.map((change) => [change.id, change]));
    for (const line of all) {
      const change = keyOf.get(idIn(line));
      if (change === undefined) continue;
      const key = change.operation ?? change.id;
      const operation = operations.get(key) ?? { at: change.at, lines: [] };
      operations.set(key, operation);
      operation.lines.push(line);
    }
  } catch (error) {
    const failure = fileError(path, 'read', error);
    if (!(failure instanceof NotFound)) passedOver.add(String((failure as Error).message));
  }
  return [...operations].map(([id, { at, lines }], place) => ({
    key: `${stampOf(at)}_${String(place).padStart(9, '0')}_${id}`,
    path,
    lines: () => lines,
  }));
}

const idIn = (line: string): string => /^\{"id":"([^"]*)"/.exec(line)?.[1] ?? '';

/** Most operations are one change: a stream costs more than all of their text. */
const small = 1 << 20;

/** The lines of a file; rejects as the file system does. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path)).size <= small) return yield* (await readFile(path, 'utf8')).split('\n');
  yield* split(createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 }));
}

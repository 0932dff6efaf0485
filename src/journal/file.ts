/**
 * What was changed on a server from this machine, in a folder of its own: one file an operation,
 * named after its time, so that programs at work side by side never write into one file and the
 * newest is found without reading the others. Earlier versions kept one file, which is read too.
 */
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { NotFound } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import { stringifyJson } from '../json/numbers.ts';
import type { Journal } from './entry.ts';
import { type PastChange, type ReadLines, readJournalFile } from './lines.ts';
import {
  appendToOperation,
  createOperation,
  endLastLine,
  operationNames,
  pathOfOperation,
  stampOf,
} from './operation-file.ts';
import { isWhole } from './reversals.ts';

export type { PastChange } from './lines.ts';

export interface FileJournal extends Journal {
  /**
   * The changes of this cluster, oldest first: all, or those of the newest operations until there are
   * so many.
   */
  changes(atLeast?: number): Promise<PastChange[]>;
  /** The changes of one job, oldest first. */
  history(job: string): Promise<PastChange[]>;
  /** The operations that happened, or may have, newest first: the changes of each, oldest first. */
  operations(): AsyncIterable<readonly PastChange[]>;
  /**
   * The changes of one operation, oldest first, which may be another program's: from here on what is noted of it goes
   * to the end of its file, also what became of its changes. None where it changed nothing.
   */
  goOn(operation: string): Promise<readonly PastChange[]>;
  /** What the readings so far could not read, in words; each is named once. */
  passedOver(): readonly string[];
}

/** What each entry says besides the change. */
export interface Notes {
  /** Who makes the changes, `user@machine`; the user here unless told. */
  readonly who?: string;
  /** The id of the cluster (cluster/register.ts). */
  readonly cluster?: string;
}

/** A journal in a folder; entries that are noted together share one flush of the disk. */
export function openJournal(folder: string, notes: Notes = {}): FileJournal {
  const { who = userHere(), cluster } = notes;
  const writers = new Map<string, (line: string) => Promise<void>>();
  const writerOf = new Map<string, (line: string) => Promise<void>>();
  const passedOver = new Set<string>();

  /** Newest first; changes of one operation are oldest first. */
  async function* operations(): AsyncGenerator<readonly PastChange[]> {
    const found = [...(await filesIn(folder, passedOver)), ...(await oldOnes(folder, passedOver))];
    found.sort((a, b) => (a.stamp < b.stamp ? 1 : -1));
    for (let at = 0; at < found.length; at += together)
      yield* await Promise.all(found.slice(at, at + together).map(({ read }) => read()));
  }

  async function changes(atLeast = Number.POSITIVE_INFINITY): Promise<PastChange[]> {
    const newestFirst: (readonly PastChange[])[] = [];
    let count = 0;
    for await (const operation of operations()) {
      newestFirst.push(operation);
      count += operation.length;
      if (count >= atLeast) break;
    }
    return newestFirst.reverse().flat();
  }

  return {
    before: (entry) => {
      const operation = entry.operation ?? entry.id;
      const create = (text: string): Promise<string> =>
        createOperation(folder, { at: entry.at, operation }, text);
      const write = writers.get(operation) ?? writer(create);
      writers.set(operation, write);
      writerOf.set(entry.id, write);
      return write(stringifyJson({ ...entry, ...(cluster === undefined ? {} : { cluster }), who }));
    },
    after: async (outcome) => {
      const write = writerOf.get(outcome.id);
      writerOf.delete(outcome.id);
      await write?.(stringifyJson(outcome));
    },
    changes,
    history: async (job) => (await changes()).filter((change) => change.job === job),
    async *operations() {
      for await (const operation of operations()) {
        const happened = operation.filter(({ result }) => result?.outcome !== 'refused');
        const whole = happened.filter(isWhole);
        for (const { job, at } of happened.filter((change) => !whole.includes(change)))
          passedOver.add(`the change of ${job} at ${at}: its definition is not a complete job`);
        if (whole.length > 0) yield whole;
      }
    },
    goOn: async (operation) => {
      const path = await pathOfOperation(folder, operation);
      if (path === null) return [];
      await endLastLine(path);
      const { changes: all } = await read(path, passedOver);
      const write = writers.get(operation) ?? writer(path);
      writers.set(operation, write);
      for (const { id } of all) writerOf.set(id, write);
      return all;
    },
    passedOver: () => [...passedOver],
  };
}

/** Files that are read at once. */
const together = 16;

/** A user without an entry in the system's list has a number for a name. */
function userHere(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `${process.getuid?.() ?? 'somebody'}@${hostname()}`;
  }
}

/**
 * Collects the lines of an operation that come while the disk is busy, and writes them together: to this file, or
 * to the one that its first lines make.
 */
function writer(
  file: string | ((text: string) => Promise<string>),
): (line: string) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: { lines: string[]; done: Promise<void> } | null = null;
  return (line) => {
    if (next === null) {
      const lines: string[] = [];
      const write = async (): Promise<void> => {
        next = null;
        const text = `${lines.join('\n')}\n`;
        if (typeof file === 'string') await appendToOperation(file, text);
        else file = await file(text);
      };
      last = last.then(write, write);
      next = { lines, done: last };
    }
    next.lines.push(line);
    return next.done;
  };
}

interface Operation {
  readonly stamp: string;
  readonly read: () => Promise<readonly PastChange[]>;
}

async function filesIn(folder: string, passedOver: Set<string>): Promise<Operation[]> {
  const { operations, strangers } = await operationNames(folder).catch((error: unknown) => {
    const failure = fileError(folder, 'read', error);
    // No journal yet: nothing was changed from here.
    if (failure instanceof NotFound) return { operations: [], strangers: [] };
    throw failure;
  });
  for (const name of strangers)
    passedOver.add(`${join(folder, name)} is not a file of the journal`);
  return operations.map((name) => ({
    stamp: name,
    read: async () => (await read(join(folder, name), passedOver)).changes,
  }));
}

/** The operations in the one file that earlier versions kept beside the folder. */
async function oldOnes(folder: string, passedOver: Set<string>): Promise<Operation[]> {
  const { changes } = await read(`${folder}.jsonl`, passedOver);
  const operations = Map.groupBy(changes, ({ operation, id }) => operation ?? id);
  return [...operations.values()].map((each) => ({
    stamp: stampOf(each[0]!.at),
    read: async () => each,
  }));
}

/** What cannot be read is passed over and named: the rest of the journal is still worth reading. */
async function read(path: string, passedOver: Set<string>): Promise<ReadLines> {
  try {
    const found = await readJournalFile(path);
    if (found.unreadable > 0)
      passedOver.add(`${path}: ${found.unreadable} of its lines are not complete entries`);
    return found;
  } catch (error) {
    const failure = fileError(path, 'read', error);
    if (!(failure instanceof NotFound)) passedOver.add(String((failure as Error).message));
    return { changes: [], unreadable: 0 };
  }
}

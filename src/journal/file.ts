/**
 * What was changed on a server from this machine, in a folder of its own: one file an operation,
 * named after its time, so that programs at work side by side never write into one file and the
 * newest is found without reading the others. Earlier versions kept one file, which is read too.
 */
import { hostname, userInfo } from 'node:os';
import process from 'node:process';
import { NotFound } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import { stringifyJson } from '../json/numbers.ts';
import type { Journal, JournalEntry } from './entry.ts';
import { type Lines, type PastChange, type ReadLines, readChanges, readHeads } from './lines.ts';
import { type Operation, operationOf } from './operation.ts';
import {
  appendToOperation,
  createOperation,
  endLastLine,
  pathOfOperation,
} from './operation-file.ts';
import { isWhole } from './reversals.ts';
import { linesOf, type Stored, storedOperations } from './stored.ts';
import { tidy } from './tidy.ts';

export type { PastChange } from './lines.ts';

export interface FileJournal extends Journal {
  /**
   * The changes of this cluster, oldest first: all, or those of the newest operations until there are
   * so many.
   */
  changes(atLeast?: number): Promise<PastChange[]>;
  /** All operations, newest first, without their definitions; only those that are older than one by its key. */
  list(olderThan?: string): AsyncIterable<Operation>;
  /** The changes of the operation that `list` calls so, oldest first; none where there is none. */
  operation(key: string): Promise<readonly PastChange[]>;
  /** Of changes those that happened, or may have, and can be taken back; the others are noted as passed over. */
  toUndo(changes: readonly PastChange[]): readonly PastChange[];
  /** The changes of one job, oldest first. */
  history(job: string): Promise<PastChange[]>;
  /** The changes whose ids begin so, those of newer operations first. */
  called(id: string): AsyncIterable<PastChange>;
  /** The operations that happened, or may have, newest first: the changes of each, oldest first. */
  operations(): AsyncIterable<readonly PastChange[]>;
  /**
   * The changes of one operation, oldest first, which may be another program's: from here on what is noted of it goes
   * to the end of its file, also what became of its changes. None where it changed nothing.
   */
  goOn(operation: string): Promise<readonly PastChange[]>;
  /** Moves old operations to where they take less room, when there are many; what fails is done another time. */
  tidy(): Promise<void>;
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

  /** What is read of each operation, newest first: of the first alone, then of more and more at once. */
  async function* each<T>(read: (one: Stored) => Promise<T>, below?: string): AsyncGenerator<T> {
    let batch: Promise<T>[] = [];
    let size = 1;
    for await (const one of storedOperations(folder, passedOver, below)) {
      batch.push(read(one));
      if (batch.length < size) continue;
      yield* await Promise.all(batch);
      batch = [];
      size = Math.min(2 * size, together);
    }
    yield* await Promise.all(batch);
  }

  const changesIn = (one: Stored): Promise<readonly PastChange[]> =>
    readable(one, passedOver, readChanges);

  /** Few operations are about one job: most need not be understood. */
  async function changesOf(one: Stored, job: string): Promise<readonly PastChange[]> {
    const heads = await readable(one, passedOver, readHeads);
    if (!heads.some((change) => change.job === job)) return [];
    return (await changesIn(one)).filter((change) => change.job === job);
  }

  /** What does not have it in its text needs not be understood. */
  async function changesCalled(one: Stored, id: string): Promise<readonly PastChange[]> {
    const beginning = `"id":${JSON.stringify(id).slice(0, -1)}`;
    const hasIt = async (lines: Lines): Promise<ReadLines<true>> => {
      for await (const line of lines)
        if (line.includes(beginning)) return { changes: [true], unreadable: 0 };
      return { changes: [], unreadable: 0 };
    };
    const [found] = await readable(one, passedOver, hasIt);
    return found ? (await changesIn(one)).filter((change) => change.id.startsWith(id)) : [];
  }

  async function changes(atLeast = Number.POSITIVE_INFINITY): Promise<PastChange[]> {
    const newestFirst: (readonly PastChange[])[] = [];
    let count = 0;
    for await (const operation of each(changesIn)) {
      newestFirst.push(operation);
      count += operation.length;
      if (count >= atLeast) break;
    }
    return newestFirst.reverse().flat();
  }

  function toUndo(changes: readonly PastChange[]): PastChange[] {
    const happened = changes.filter(({ result }) => result?.outcome !== 'refused');
    return happened.filter((change) => {
      const { job, at } = change;
      if (isWhole(change)) return true;
      passedOver.add(`the change of ${job} at ${at}: its definition is not a complete job`);
      return false;
    });
  }

  /** The definitions stand last: who does not need them reads up to there. */
  const withNotes = ({ before, sent, ...entry }: JournalEntry) => ({
    ...entry,
    ...(cluster === undefined ? {} : { cluster }),
    who,
    before,
    sent,
  });

  return {
    before: (entry) => {
      const operation = entry.operation ?? entry.id;
      const create = (text: string): Promise<string> =>
        createOperation(folder, { at: entry.at, operation }, text);
      const write = writers.get(operation) ?? writer(create);
      writers.set(operation, write);
      writerOf.set(entry.id, write);
      return write(stringifyJson(withNotes(entry)));
    },
    after: async (outcome) => {
      const write = writerOf.get(outcome.id);
      writerOf.delete(outcome.id);
      await write?.(stringifyJson(outcome));
    },
    changes,
    async *list(olderThan) {
      const heads = async (one: Stored) =>
        operationOf(one.key, await readable(one, passedOver, readHeads));
      for await (const operation of each(heads, olderThan)) if (operation !== null) yield operation;
    },
    operation: async (key) => {
      for await (const one of storedOperations(folder, passedOver, `${key}\0`))
        return one.key === key ? changesIn(one) : [];
      return [];
    },
    toUndo,
    tidy: () => tidy(folder, Date.now()).catch(() => {}),
    history: async (job) => {
      const newestFirst: (readonly PastChange[])[] = [];
      for await (const found of each((one) => changesOf(one, job))) newestFirst.push(found);
      return newestFirst.reverse().flat();
    },
    async *called(id) {
      for await (const found of each((one) => changesCalled(one, id))) yield* found;
    },
    async *operations() {
      for await (const operation of each(changesIn)) {
        const changes = toUndo(operation);
        if (changes.length > 0) yield changes;
      }
    },
    goOn: async (operation) => {
      const path = await pathOfOperation(folder, operation);
      if (path === null) return [];
      await endLastLine(path);
      const all = await changesIn({ key: '', path, lines: () => linesOf(path) });
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

/** What cannot be read is passed over and named: the rest of the journal is still worth reading. */
async function readable<Change>(
  { path, lines }: Stored,
  passedOver: Set<string>,
  read: (lines: Lines) => Promise<ReadLines<Change>>,
): Promise<readonly Change[]> {
  try {
    const { changes, unreadable } = await read(lines());
    if (unreadable > 0)
      passedOver.add(`${path}: ${unreadable} of its lines are not complete entries`);
    return changes;
  } catch (error) {
    const failure = fileError(path, 'read', error);
    if (!(failure instanceof NotFound)) passedOver.add(String((failure as Error).message));
    return [];
  }
}

import { open } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';
import { NotFound } from '../base/errors.ts';
import { stringifyJson } from '../base/json.ts';
import { fileError, flushFolder, privateFolder } from '../config/files.ts';
import type { Journal, JournalEntry, JournalOutcome } from '../dkron/journal.ts';

/** A change as the journal remembers it. */
export interface PastChange extends JournalEntry {
  /** Who made it, `user@machine`: a journal may be shared. Older entries do not tell. */
  readonly who?: string;
  /** What became of it; null when the program ended before it knew, so it may have happened. */
  readonly result: JournalOutcome | null;
}

export interface FileJournal extends Journal {
  /** Every change of this server, oldest first. */
  changes(): Promise<PastChange[]>;
  /** The changes of one job, oldest first. */
  history(job: string): Promise<PastChange[]>;
  /** The changes of the newest operation that happened, or may have; none when there is none. */
  lastOperation(): Promise<PastChange[]>;
}

/**
 * A journal in a file of JSON lines, one for what is about to be sent and one for what became of
 * it. Only ever appended to, for its owner only, on the disk before `before` resolves. Entries
 * that are noted together share one flush of the disk.
 */
export function openJournal(path: string, who: string = userHere()): FileJournal {
  const append = appender(path);
  const changes = (): Promise<PastChange[]> => readChanges(path);
  return {
    before: (entry) => append(stringifyJson({ ...entry, who })),
    after: (outcome) => append(stringifyJson(outcome)),
    changes,
    history: async (job) => (await changes()).filter((change) => change.job === job),
    lastOperation: async () => {
      const happened = (await changes()).filter(({ result }) => result?.outcome !== 'refused');
      const last = happened.at(-1);
      if (last?.operation === undefined) return last === undefined ? [] : [last];
      return happened.filter(({ operation }) => operation === last.operation);
    },
  };
}

/** A user without an entry in the system's list has a number for a name. */
function userHere(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `${process.getuid?.() ?? 'somebody'}@${hostname()}`;
  }
}

/** Collects the lines that come while the disk is busy, and writes them together. */
function appender(path: string): (line: string) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: { lines: string[]; done: Promise<void> } | null = null;
  return (line) => {
    if (next === null) {
      const lines: string[] = [];
      const write = (): Promise<void> => {
        next = null;
        return appendLines(path, lines);
      };
      last = last.then(write, write);
      next = { lines, done: last };
    }
    next.lines.push(line);
    return next.done;
  };
}

async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  try {
    const folder = await privateFolder(dirname(path));
    const file = await open(path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const glue = (await endsTorn(file, size)) ? '\n' : '';
      await file.appendFile(`${glue}${lines.join('\n')}\n`);
      await file.datasync();
      if (size === 0) await flushFolder(folder);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

/** Whether the last line was cut off by a crash, so that the next one must not continue it. */
async function endsTorn(file: Awaited<ReturnType<typeof open>>, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer.toString() !== '\n';
}

async function readChanges(path: string): Promise<PastChange[]> {
  const changes = new Map<string, PastChange>();
  for await (const line of linesOf(path)) {
    const noted = parseLine(line);
    if (noted === null) continue;
    if ('job' in noted) changes.set(noted.id, { ...noted, result: null });
    else {
      const change = changes.get(noted.id);
      if (change) changes.set(noted.id, { ...change, result: noted });
    }
  }
  return [...changes.values()];
}

async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    const file = await open(path);
    yield* file.readLines();
  } catch (error) {
    const failure = fileError(path, 'read', error);
    // No journal yet: nothing was changed from here.
    if (!(failure instanceof NotFound)) throw failure;
  }
}

/** Null for a line that a crash cut off. */
function parseLine(line: string): JournalEntry | JournalOutcome | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

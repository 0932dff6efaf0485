/** The lines of a journal: one for a change that is about to be sent, one for what became of it. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { JournalEntry, JournalOutcome } from './entry.ts';

/** A change as the journal remembers it. */
export interface PastChange extends JournalEntry {
  /** Who made it, `user@machine`: a journal may be shared. Older entries do not tell. */
  readonly who?: string;
  /** What became of it; null when the program ended before it knew, so it may have happened. */
  readonly result: JournalOutcome | null;
}

/** What a file of such lines holds, in their order, and how many lines of it are none. */
export interface ReadLines {
  readonly changes: readonly PastChange[];
  readonly unreadable: number;
}

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const entryShape = z.object({
  id: z.string(),
  operation: z.string().optional(),
  safety: z.string().optional(),
  what: z.string().optional(),
  source: z.string().optional(),
  at: time,
  server: z.string(),
  cluster: z.string().optional(),
  job: z.string(),
  action: z.enum(['write', 'delete']),
  before: z.string().nullable(),
  sent: z.string().nullable(),
  who: z.string().optional(),
});

const outcomeShape = z.object({
  id: z.string(),
  at: time,
  outcome: z.enum(['written', 'refused', 'unknown']),
  after: z.string().nullable().optional(),
  error: z.string().optional(),
});

type Line = { readonly entry: Omit<PastChange, 'result'> } | { readonly outcome: JournalOutcome };

/** Reads a file of lines; rejects as the file system does. */
export async function readJournalFile(path: string): Promise<ReadLines> {
  const changes = new Map<string, PastChange>();
  let unreadable = 0;
  for await (const text of linesOf(path)) {
    if (text === '') continue;
    const line = parseLine(text);
    if (line === null) unreadable += 1;
    else if ('entry' in line) changes.set(line.entry.id, { ...line.entry, result: null });
    else {
      const change = changes.get(line.outcome.id);
      if (change) changes.set(change.id, { ...change, result: line.outcome });
    }
  }
  return { changes: [...changes.values()], unreadable };
}

/** Most operations are one change: a stream costs more than all of their text. */
const small = 1 << 20;

async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path)).size <= small) return yield* (await readFile(path, 'utf8')).split('\n');
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

/** Null for a line that a crash cut off, and for any other text that is not an entry. */
function parseLine(text: string): Line | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return null;
  if ('job' in value) {
    const entry = entryShape.safeParse(value);
    return entry.success ? { entry: entry.data as Omit<PastChange, 'result'> } : null;
  }
  const outcome = outcomeShape.safeParse(value);
  return outcome.success ? { outcome: outcome.data as JournalOutcome } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

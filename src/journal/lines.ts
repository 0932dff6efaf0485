/** The lines of a journal: one for a change that is about to be sent, one for what became of it. */
import * as z from 'zod/mini';
import type { JournalEntry, JournalOutcome } from './entry.ts';

/** A change as the journal remembers it. */
export interface PastChange extends JournalEntry {
  /** Who made it, `user@machine`: a journal may be shared. Older entries do not tell. */
  readonly who?: string;
  /** What became of it; null when the program ended before it knew, so it may have happened. */
  readonly result: JournalOutcome | null;
}

/** A change without its definitions, which are nearly all of what is kept of it. */
export type ChangeHead = Omit<PastChange, 'before' | 'sent'>;

/** What such lines hold, in their order, and how many of them are none. */
export interface ReadLines<Change = PastChange> {
  readonly changes: readonly Change[];
  readonly unreadable: number;
}

export type Lines = AsyncIterable<string> | Iterable<string>;

const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));

const entryShape = z.object({
  id: z.string(),
  operation: z.optional(z.string()),
  safety: z.optional(z.string()),
  what: z.optional(z.string()),
  source: z.optional(z.string()),
  at: time,
  server: z.string(),
  cluster: z.optional(z.string()),
  job: z.string(),
  action: z.enum(['write', 'delete']),
  before: z.nullable(z.string()),
  sent: z.nullable(z.string()),
  who: z.optional(z.string()),
});

const outcomeShape = z.object({
  id: z.string(),
  at: time,
  outcome: z.enum(['written', 'refused', 'unknown']),
  after: z.optional(z.nullable(z.string())),
  error: z.optional(z.string()),
});

type Line<Change> =
  | { readonly entry: Omit<Change, 'result'> & { readonly id: string } }
  | { readonly outcome: JournalOutcome };

/** Reads the lines of an operation, or of many; rejects as the file system does. */
export const readChanges = (lines: Lines): Promise<ReadLines> =>
  readLines<PastChange>(lines, parseLine);

/** The same without the definitions, which takes a tenth of the time. */
export const readHeads = (lines: Lines): Promise<ReadLines<ChangeHead>> =>
  readLines<ChangeHead>(lines, parseHead);

async function readLines<Change extends ChangeHead>(
  lines: Lines,
  parse: (text: string) => Line<Change> | null,
): Promise<ReadLines<Change>> {
  const changes = new Map<string, Change>();
  let unreadable = 0;
  for await (const text of lines) {
    if (text === '') continue;
    const line = parse(text);
    if (line === null) unreadable += 1;
    else if ('entry' in line) changes.set(line.entry.id, { ...line.entry, result: null } as Change);
    else {
      const change = changes.get(line.outcome.id);
      if (change) changes.set(change.id, { ...change, result: line.outcome });
    }
  }
  return { changes: [...changes.values()], unreadable };
}

/** Null for a line that a crash cut off, and for any other text that is not an entry. */
function parseLine(text: string): Line<PastChange> | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return null;
  if ('job' in value) {
    const entry = entryShape.safeParse(value);
    return entry.success ? { entry: entry.data as Omit<PastChange, 'result'> } : null;
  }
  const outcome = outcomeShape.safeParse(value);
  return outcome.success ? { outcome: outcome.data as JournalOutcome } : null;
}

const headShape = z.omit(entryShape, { before: true, sent: true });

/** The definitions stand last in a line; a quote within a text is written otherwise than those here. */
const definitions = [',"before":', ',"after":'];

function parseHead(text: string): Line<ChangeHead> | null {
  const at = Math.max(...definitions.map((key) => text.indexOf(key)));
  const value = at < 0 || !text.endsWith('}') ? null : parsed(`${text.slice(0, at)}}`);
  if (typeof value !== 'object' || value === null) return parseLine(text);
  if (!('job' in value)) {
    const outcome = outcomeShape.safeParse(value);
    return outcome.success ? { outcome: outcome.data as JournalOutcome } : parseLine(text);
  }
  // Earlier versions wrote more behind the definitions.
  if (!('who' in value)) return parseLine(text);
  const head = headShape.safeParse(value);
  return head.success ? { entry: head.data as Omit<ChangeHead, 'result'> } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

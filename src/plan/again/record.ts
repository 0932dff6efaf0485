/**
 * What is run again on one cluster, on the disk before the first is asked for: a line with the list, then one before
 * each request and one for what became of it. A program after this one asks for none of them twice.
 */
import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CorruptFile, NotFound, OperatorError } from '../../base/errors.ts';
import { jsonOf } from '../../base/json.ts';
import { fileError } from '../../config/files.ts';
import { type Hold, hold, holderOf, holderText } from '../../config/hold.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { appendToOperation, endLastLine } from '../../journal/operation-file.ts';
import type { AgainItem } from './plan.ts';
import type { AgainState } from './state.ts';

const headShape = z.object({
  format: z.literal(1),
  /** When it was begun, RFC 3339. */
  at: z.iso.datetime(),
  items: z.array(
    z.object({
      name: z.string(),
      how: z.enum(['ask', 'with', 'held']),
      after: z.string(),
      why: z.string(),
    }),
  ),
});

/** The ids of the executions that were there before a request, by the names of all jobs that it starts. */
export type Before = Readonly<Record<string, readonly string[]>>;

const noteShape = z.union([
  z.object({ asked: z.string(), before: z.record(z.string(), z.array(z.string())) }),
  z.object({ unsent: z.string() }),
  z.object({
    ended: z.object({
      name: z.string(),
      state: z.enum(['succeeded', 'failed', 'refused', 'unknown', 'not started', 'held']),
      text: z.string(),
      run: z.nullable(z.string()),
    }),
  }),
]);

type Note =
  /** The request is about to be sent. */
  | { readonly asked: string; readonly before: Before }
  /** It was certainly not. */
  | { readonly unsent: string }
  | { readonly ended: AgainState };

/** A list as it is on the disk, and how far it came. */
export interface Begun {
  /** When it was begun, RFC 3339. */
  readonly at: string;
  readonly items: readonly AgainItem[];
  /** What was asked for and may have been started. */
  readonly asked: ReadonlyMap<string, Before>;
  readonly ended: ReadonlyMap<string, AgainState>;
}

export interface AgainRecord {
  /** On the disk when it resolves. Throws OperatorError. */
  readonly note: (note: Note) => Promise<void>;
  /** Lets go of it; it is forgotten when all of it is over. Never rejects. */
  readonly end: (isOver: boolean) => Promise<void>;
}

export interface AgainStore {
  /** What was not brought to its end and nobody is at work on; null for nothing. Throws CorruptFile, OperatorError. */
  readonly left: () => Promise<Begun | null>;
  /** Throws OperatorError where there is one already, and then nothing may be sent. */
  readonly begin: (items: readonly AgainItem[]) => Promise<AgainRecord>;
  /** Goes on with it. Throws NotFound, CorruptFile, and OperatorError while another program has it. */
  readonly take: () => Promise<Begun & { readonly record: AgainRecord }>;
  /** Removes it, whatever it says; as `take`. */
  readonly forget: () => Promise<void>;
}

export function openAgain(path: string): AgainStore {
  const holding = `${path}.by`;

  const recordOf = (mine: Hold): AgainRecord => ({
    note: (note) => appendToOperation(path, `${JSON.stringify(note)}\n`),
    end: async (isOver) => {
      if (isOver) await rm(path, { force: true }).catch(() => {});
      await mine.release();
    },
  });

  async function held<T>(work: (mine: Hold) => Promise<T>): Promise<T> {
    const mine = await hold(holding);
    if (mine === null) throw underWay(await holderText(holding));
    try {
      return await work(mine);
    } catch (error) {
      await mine.release();
      throw fileError(path, 'read', error);
    }
  }

  return {
    left: async () => ((await holderOf(holding)) === null ? read(path) : null),
    begin: (items) =>
      held(async (mine) => {
        if ((await read(path)) !== null) throw notFinished();
        const head = { format: 1, at: new Date().toISOString(), items };
        await writeWhole(path, `${JSON.stringify(head)}\n`, { flush: true });
        return recordOf(mine);
      }),
    take: () =>
      held(async (mine) => {
        const begun = await read(path);
        if (begun === null) throw nothingLeft();
        await endLastLine(path);
        return { ...begun, record: recordOf(mine) };
      }),
    forget: () =>
      held(async (mine) => {
        await rm(path);
        await mine.release();
      }),
  };
}

/** Null for no file. What a crash left of the last line counts for nothing: nothing was sent for it. */
async function read(path: string): Promise<Begun | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const failure = fileError(path, 'read', error);
    if (failure instanceof NotFound) return null;
    throw failure;
  });
  if (text === null) return null;
  const [first = '', ...lines] = text.split('\n');
  const head = headShape.safeParse(jsonOf(first));
  if (!head.success) throw corrupt(path);
  const asked = new Map<string, Before>();
  const ended = new Map<string, AgainState>();
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const note = noteShape.safeParse(jsonOf(line));
    if (!note.success) {
      if (at === lines.length - 1) continue;
      throw corrupt(path);
    }
    if ('asked' in note.data) asked.set(note.data.asked, note.data.before);
    else if ('unsent' in note.data) asked.delete(note.data.unsent);
    else ended.set(note.data.ended.name, note.data.ended);
  }
  return { at: head.data.at, items: head.data.items, asked, ended };
}

const corrupt = (path: string): CorruptFile =>
  new CorruptFile(`${path} is not a list of jobs to run again`, {
    data: 'Nothing was sent. Which jobs were asked to run cannot be told from it.',
    next: "'dkron-tui executions NAME' shows what ran; 'dkron-tui run-again --discard' removes the file.",
  });

const notFinished = (): OperatorError =>
  new OperatorError('jobs that were to be run again have not all come to an end', {
    data: 'Nothing was sent.',
    next: "'dkron-tui run-again --resume' goes on with them and runs none twice; '--discard' leaves them as they are.",
  });

const nothingLeft = (): NotFound =>
  new NotFound('nothing is left to run again: no such list was interrupted on this cluster', {
    data: 'Nothing was sent.',
  });

const underWay = (who: string): OperatorError =>
  new OperatorError(`another program runs jobs again on this cluster${who}`, {
    data: 'Nothing was sent.',
    next: 'Wait until it has ended, or end it; then try again.',
  });

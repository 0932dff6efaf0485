/** What was typed and not saved, kept on disk for each cluster. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { jsonOf } from '../base/json.ts';
import { fileName } from './file-name.ts';
import { fileError } from './files.ts';
import { writeWhole } from './whole-file.ts';

/** Text that was typed and not saved. */
export interface Draft {
  readonly text: string;
  /** The text that it was made from, as the server had it. */
  readonly base: string;
  /** When it was typed last, milliseconds since the epoch. */
  readonly at: number;
}

/** What was found in a folder of our own, and what there could not be read, in words. */
export interface Found<Item> {
  readonly drafts: ReadonlyMap<string, Item>;
  readonly passedOver: readonly string[];
}

/** Drafts on disk, one file each, for their owner only. */
export interface Drafts {
  /** All that are kept, by key. */
  all(): Promise<Found<Draft>>;
  /** Keeps the newest draft of a key, null for none; resolves when the disk has it. */
  keep(key: string, draft: Draft | null): Promise<void>;
}

const draftShape = z.object({
  key: z.string(),
  text: z.string(),
  base: z.string(),
  at: z.number(),
});

/**
 * Drafts in a folder. While one is being written only the newest that comes meanwhile is written
 * after it; a file is always whole.
 */
export function openDrafts(folder: string): Drafts {
  const waiting = new Map<string, Draft | null>();
  const writing = new Map<string, Promise<void>>();
  const pathOf = (key: string): string => join(folder, `${fileName(key)}.json`);

  async function store(key: string, draft: Draft | null): Promise<void> {
    const path = pathOf(key);
    try {
      if (draft === null) return await rm(path, { force: true });
      await writeWhole(path, JSON.stringify({ key, ...draft }));
    } catch (error) {
      throw fileError(path, 'written', error);
    }
  }

  async function drain(key: string): Promise<void> {
    try {
      for (let draft = waiting.get(key); draft !== undefined; draft = waiting.get(key)) {
        waiting.delete(key);
        await store(key, draft);
      }
    } finally {
      writing.delete(key);
    }
  }

  return {
    all: async () => {
      const { values, passedOver } = await readNotes(folder, draftShape);
      return {
        drafts: new Map(values.map(({ value: { key, ...draft } }) => [key, draft])),
        passedOver,
      };
    },
    keep: (key, draft) => {
      waiting.set(key, draft);
      const running = writing.get(key) ?? drain(key);
      writing.set(key, running);
      return running;
    },
  };
}

/**
 * Reads the files of a folder that are named `….json` and hold this; another ending is passed over
 * without a word where `others` says that it belongs there. None when there is no folder.
 */
export async function readNotes<Shape>(
  folder: string,
  shape: z.ZodMiniType<Shape>,
  others: RegExp = /^$/,
): Promise<{
  readonly values: readonly { readonly path: string; readonly value: Shape }[];
  readonly passedOver: readonly string[];
}> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : error,
  );
  if (names instanceof Error) return { values: [], passedOver: [inWords(folder, names)] };
  const visible = names.filter((name) => !name.startsWith('.') && !others.test(name));
  const read = await Promise.all(visible.map((name) => readNote(join(folder, name), shape)));
  return {
    values: read.filter((one) => typeof one !== 'string'),
    passedOver: read.filter((one) => typeof one === 'string'),
  };
}

async function readNote<Shape>(path: string, shape: z.ZodMiniType<Shape>) {
  try {
    const text = await readFile(path, 'utf8');
    const parsed = path.endsWith('.json') ? shape.safeParse(jsonOf(text)) : null;
    return parsed?.success
      ? { path, value: parsed.data }
      : `${path} is not a draft of this program`;
  } catch (error) {
    return inWords(path, error);
  }
}

const inWords = (path: string, error: unknown): string =>
  (fileError(path, 'read', error) as Error).message;

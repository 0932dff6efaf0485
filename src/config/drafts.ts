import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder } from './files.ts';

/** Text that was typed and not saved, one file each, for its owner only. */
export interface Drafts {
  /** All that are kept, by key. */
  all(): Promise<Map<string, string>>;
  /** Keeps the newest text of a key, null for none; resolves when the disk has it. */
  keep(key: string, text: string | null): Promise<void>;
}

/**
 * Drafts in a folder. While a text is being written only the newest that comes meanwhile is written
 * after it; a file is always whole.
 */
export function openDrafts(folder: string): Drafts {
  const waiting = new Map<string, string | null>();
  const writing = new Map<string, Promise<void>>();
  const pathOf = (key: string): string => join(folder, encodeURIComponent(key));

  async function store(key: string, text: string | null): Promise<void> {
    if (text === null) return rm(pathOf(key), { force: true });
    await privateFolder(folder);
    const hidden = join(folder, `.${encodeURIComponent(key)}`);
    await writeFile(hidden, text, { mode: 0o600 });
    await rename(hidden, pathOf(key));
  }

  async function drain(key: string): Promise<void> {
    try {
      for (let text = waiting.get(key); text !== undefined; text = waiting.get(key)) {
        waiting.delete(key);
        await store(key, text);
      }
    } finally {
      writing.delete(key);
    }
  }

  return {
    all: async () => {
      const names = await readdir(folder).catch(() => []);
      const kept = names.filter((name) => !name.startsWith('.'));
      const texts = kept.map(
        async (name) =>
          [decodeURIComponent(name), await readFile(join(folder, name), 'utf8')] as const,
      );
      return new Map(await Promise.all(texts));
    },
    keep: (key, text) => {
      waiting.set(key, text);
      const running = writing.get(key) ?? drain(key);
      writing.set(key, running);
      return running;
    },
  };
}

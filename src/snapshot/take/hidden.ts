/** Files that are written out of sight, and get their names when they are whole. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exists } from '../../config/files.ts';
import { packerFor } from '../file/packed.ts';

/** A name that is never listed. The name of a file may be as long as the file system allows; this one is longer. */
export const hiddenName = (name: string): string =>
  `.${name.slice(0, 40)}.${process.pid}.${randomUUID()}.part`;

export interface HiddenFile {
  readonly path: string;
  /** Takes the bytes before it resolves. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Ends the file; then it is on the disk. */
  flush(): Promise<void>;
  /** False when the name is taken. */
  giveName(path: string): Promise<boolean>;
  /** Closes it and removes its hidden name. */
  dispose(): Promise<void>;
}

/** A file for its owner only (jobs hold credentials) beside `path`, packed as that is called. */
export async function openHidden(path: string): Promise<HiddenFile> {
  const hidden = join(dirname(path), hiddenName(basename(path)));
  // A stream that opens it may do so after the failure of the first part, when nobody removes it any more.
  const file = await open(hidden, 'wx', 0o600);
  // Also where the program is made to end at once.
  const removeNow = (): void => rmSync(hidden, { force: true });
  process.once('exit', removeNow);
  const packer = packerFor(path);
  const body = packer === null ? null : packed(packer, file);
  let flushed: Promise<void> | null = null;
  const flush = async (): Promise<void> => {
    await body?.end();
    await file.sync();
  };
  return {
    path: hidden,
    write: (bytes) => (body === null ? file.writeFile(bytes) : body.write(bytes)),
    flush: () => (flushed = flush()),
    async giveName(name) {
      try {
        // A link, unlike a rename, never replaces what is there.
        await link(hidden, name);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await exists(name)))
          return false;
        // Some network and FAT file systems have no links.
        await rename(hidden, name);
      }
      return true;
    },
    async dispose() {
      packer?.destroy();
      // Nobody may have waited for it.
      await flushed?.catch(() => {});
      await file.close().catch(() => {});
      // Where it could not be made, it cannot be removed.
      await rm(hidden).catch(() => {});
      process.off('exit', removeNow);
    },
  };
}

function packed(packer: Transform, file: FileHandle) {
  const done = pipeline(packer, async (bytes: AsyncIterable<Uint8Array>) => {
    for await (const part of bytes) await file.writeFile(part);
  });
  // It is told to whoever writes next.
  done.catch(() => {});
  const taken = (bytes: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) => {
      packer.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  return {
    write: (bytes: Uint8Array | string): Promise<void> => taken(bytes).catch(() => done),
    end: (): Promise<void> => {
      packer.end();
      return done;
    },
  };
}

const day = 24 * 3_600_000;

/**
 * Removes what programs that were killed left unfinished. Only after a day: the folder may be shared with a
 * machine that still writes, and its processes cannot be asked for from here.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\..*\.\d+\.[0-9a-f-]{36}\.part$/.test(name)) continue;
    const path = join(folder, name);
    const entry = await stat(path).catch(() => null);
    if (entry !== null && Date.now() - entry.mtimeMs > day) await rm(path).catch(() => {});
  }
}

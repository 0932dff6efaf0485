/** Files that are replaced as a whole, for their owner only. */
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileError, flushFolder, privateFolder } from './files.ts';

/**
 * Writes a file of ours; who reads it meanwhile gets the old content or the new, never a part. Programs that write it
 * at once do not disturb each other: the last one is kept. `mode` is for a file that was there with another one; what is
 * flushed outlasts a power cut. Throws OperatorError.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string>,
  { mode = 0o600, flush = false }: { readonly mode?: number; readonly flush?: boolean } = {},
): Promise<void> {
  const folder = await privateFolder(dirname(path));
  const hidden = join(folder, `.${basename(path)}-${unlikeOthers()}`);
  try {
    await writeFile(hidden, content, { mode: 0o600, flag: 'wx', flush });
    if (mode !== 0o600) await chmod(hidden, mode);
    await rename(hidden, path);
    if (flush) await flushFolder(folder);
  } catch (error) {
    await rm(hidden, { force: true }).catch(() => {});
    throw fileError(path, 'written', error);
  }
}

/** Nobody guesses at it: a console that keeps what it saw needs none of node:crypto, which takes long to load. */
const unlikeOthers = (): string =>
  `${process.pid}-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;

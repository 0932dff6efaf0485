/** Bytes of files that an operator names: regular files, pipes, devices. */
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { OperatorError } from '../base/errors.ts';
import { fileError } from './files.ts';

/** Where an operator's `-` comes from. */
export type Input = AsyncIterable<Uint8Array | string>;

/** Standard input of a program that has none. */
const nothing: Input = (async function* () {})();

/** How long a named pipe may have no writer. */
const patience = 5_000;

/**
 * The bytes of a file, or of standard input for `-`, in pieces. Throws NotFound, and OperatorError
 * for what cannot be read: a folder, a file of somebody else, a pipe without a writer.
 */
export async function* inputBytes(
  path: string,
  stdin: Input = nothing,
): AsyncGenerator<Uint8Array> {
  try {
    const source = path === '-' ? stdin : await openFile(path);
    for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw fileError(nameOf(path), 'read', error);
  }
}

/** How messages call a file. */
export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

/**
 * All bytes, `limit` at most, of what messages call `what`. Throws as `inputBytes`, and OperatorError
 * as soon as there are more: what has no end is not waited for.
 */
export async function wholeInput(path: string, stdin: Input, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of inputBytes(path, stdin)) {
    size += part.length;
    if (size > limit)
      throw new OperatorError(`${nameOf(path)} is larger than ${limit >> 20} MB`, {
        data: 'It was not read completely. Nothing was written.',
        next: 'Dkron takes 4 MB at most for one job. Check that this is the file you mean.',
      });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function openFile(path: string): Promise<Input> {
  const entry = await stat(path);
  if (entry.isDirectory())
    throw new OperatorError(`${path} cannot be read: it is a folder`, {
      data: 'Nothing was written.',
      next: 'Name a file in it.',
    });
  const options = { highWaterMark: 1 << 20 };
  if (!entry.isFIFO()) return createReadStream(path, options);
  return (await openPipe(path)).createReadStream(options);
}

/** A named pipe opens only when a program writes into it. */
async function openPipe(path: string): Promise<FileHandle> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // A writer, so that the open comes back: the process could not end while it waits.
    closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
  }, patience);
  try {
    const handle = await open(path);
    if (!late) return handle;
    await handle.close();
  } finally {
    clearTimeout(timer);
  }
  throw new OperatorError(`${path} is a pipe that no program writes into`, {
    data: 'Nothing was written.',
    next: 'Start the program that writes into it first, or give a file.',
  });
}

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CorruptFile } from '../base/errors.ts';
import { fileError } from '../config/files.ts';
import type { Io } from './io.ts';

/** The text of a file, or of standard input for `-`. Throws NotFound, and CorruptFile for bytes. */
export async function readText(io: Io, file: string): Promise<string> {
  const bytes = await (file === '-' ? buffer(io.stdin) : readFile(file)).catch((error: unknown) => {
    throw fileError(file, 'read', error);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    throw new CorruptFile(`${file} is no UTF-8 text`, { cause: error });
  }
}

/** Small files of ours, read at one go by what cannot wait. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Nothing of what is longer than `most` bytes or no file: a pipe would be waited for. Throws as Node does. */
export function smallFile(path: string, most: number): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const entry = fstatSync(file);
    if (!entry.isFile() || entry.size > most) return '';
    const bytes = Buffer.alloc(entry.size);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

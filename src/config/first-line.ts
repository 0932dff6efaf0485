/** The first line of a file of ours, which says what the rest of it is. */
import { open } from 'node:fs/promises';
import { jsonOf } from '../base/json.ts';

/** A head has some words, and at most a path. */
const longest = 1 << 14;

/**
 * Reads no more than that line. Gives what it says as JSON, undefined for what is none; rejects as the
 * file system does.
 */
export async function firstLine(path: string): Promise<unknown> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longest), 0, longest, 0);
    return jsonOf(buffer.toString('utf8', 0, bytesRead).split('\n')[0]!);
  } finally {
    await file.close();
  }
}

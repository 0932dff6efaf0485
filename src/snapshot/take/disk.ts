/** What the disk gives back of a snapshot that was written to it. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '../../config/files.ts';
import { unpacked } from '../../config/unpacked.ts';
import type { Written } from './save.ts';
import { spoilt } from './spill.ts';

/** Reads what was written again. Throws OperatorError when it is not what the server sent. */
export async function checkDisk({ path, bytes, sha256 }: Written, name: string): Promise<void> {
  const sum = createHash('sha256');
  let count = 0;
  for await (const piece of unpacked(name, diskBytes(path))) {
    sum.update(piece);
    count += piece.length;
  }
  if (sum.digest('hex') !== sha256 || count !== bytes) throw spoilt(dirname(path));
}

const pageSize = 1 << 20;

/**
 * The bytes of a file of ours, each piece until the next is asked for: a stream would take twice the time. One is
 * read while the one before is looked at.
 */
async function* diskBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const read = (page: Buffer) => file.read(page, 0, pageSize);
      const pages = [Buffer.allocUnsafeSlow(pageSize), Buffer.allocUnsafeSlow(pageSize)] as const;
      let next = read(pages[0]);
      for (let at = 0; ; at = 1 - at) {
        const { bytesRead, buffer } = await next;
        if (bytesRead === 0) return;
        next = read(pages[at === 0 ? 1 : 0]);
        // It is told when it is its turn.
        next.catch(() => {});
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}

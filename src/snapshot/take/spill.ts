import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { OperatorError } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { hiddenName } from './hidden.ts';

/** Where bytes wait that were put aside. */
export interface Slot {
  readonly at: number;
  readonly length: number;
  readonly sum: number;
}

/** Bytes that wait on the disk for their turn, so that their number costs no memory. */
export interface Spill {
  add(bytes: Uint8Array): Slot;
  /** Throws OperatorError when they are not what was put aside. */
  read(slot: Slot): Uint8Array;
  close(): void;
}

/** In memory: for jobs that are there already. */
export function heldSpill(): Spill {
  const held: Uint8Array[] = [];
  return {
    add: (bytes) => ({ at: held.push(bytes) - 1, length: bytes.length, sum: 0 }),
    read: ({ at }) => held[at]!,
    close() {},
  };
}

const pageSize = 1 << 18;

/** In a file without a name in `folder`, for its owner only: nothing of it outlasts the program. */
export function openSpill(folder: string): Spill {
  let file: number | null = null;
  const page = Buffer.allocUnsafe(pageSize);
  let used = 0;
  let written = 0;

  function open(): number {
    const path = join(folder, hiddenName('children'));
    const opened = openSync(path, 'wx+', 0o600);
    rmSync(path);
    return opened;
  }

  function write(bytes: Uint8Array): void {
    file ??= open();
    for (let at = 0; at < bytes.length; )
      at += writeSync(file, bytes, at, bytes.length - at, written + at);
    written += bytes.length;
  }

  function flush(): void {
    write(page.subarray(0, used));
    used = 0;
  }

  const worded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw fileError(folder, 'written', error);
    }
  };

  return {
    add: (bytes) =>
      worded(() => {
        if (used + bytes.length > page.length) flush();
        const slot = { at: written + used, length: bytes.length, sum: crc32(bytes) };
        if (bytes.length > page.length) write(bytes);
        else {
          page.set(bytes, used);
          used += bytes.length;
        }
        return slot;
      }),
    read: ({ at, length, sum }) =>
      worded(() => {
        if (used > 0) flush();
        const bytes = Buffer.allocUnsafe(length);
        for (let come = 0; come < length; ) {
          const count = readSync(file!, bytes, come, length - come, at + come);
          if (count === 0) throw spoilt(folder);
          come += count;
        }
        if (crc32(bytes) !== sum) throw spoilt(folder);
        return bytes;
      }),
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** What was read back from the disk is not what was written there. */
export const spoilt = (place: string): OperatorError =>
  new OperatorError(`the disk of ${place} gave back other bytes than were written to it`, {
    data: 'Nothing was kept: a snapshot that is not what the server sent is none.',
    next: 'Check the disk, or use another place.',
  });

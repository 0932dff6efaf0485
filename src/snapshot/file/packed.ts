/** Snapshots that are packed: by the end of their name, with what Node has for it. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, createZstdCompress, createZstdDecompress } from 'node:zlib';

interface Packing {
  readonly pack: () => Transform;
  readonly unpack: () => Transform;
}

const packings: Readonly<Record<string, Packing>> = {
  gz: { pack: createGzip, unpack: createGunzip },
  zst: { pack: createZstdCompress, unpack: createZstdDecompress },
};

/** `.gz` or `.zst`; "" for a file that is not packed. */
export const packedEnding = (name: string): string => /\.(?:gz|zst)$/i.exec(name)?.[0] ?? '';

const packingOf = (name: string): Packing | null =>
  packings[packedEnding(name).slice(1).toLowerCase()] ?? null;

/** What packs a file of this name while it is written; null for one that is not packed. */
export const packerFor = (name: string): Transform | null => packingOf(name)?.pack() ?? null;

const pageSize = 1 << 20;

/**
 * The bytes of a file, unpacked as `name` says, each piece until the next is asked for. Fails as the file
 * system does, and with an error of zlib for what is not packed as it is called.
 */
export async function* unpackedBytes(path: string, name = path): AsyncGenerator<Uint8Array> {
  const unpack = packingOf(name)?.unpack();
  if (unpack === undefined) return yield* plainBytes(path);
  // Its failure is that of the stream that is read.
  pipeline(createReadStream(path), unpack).catch(() => {});
  yield* unpack;
}

/** Through one page of memory. */
async function* plainBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const page = Buffer.allocUnsafe(pageSize);
    for (;;) {
      const { bytesRead } = await file.read(page, 0, pageSize, null);
      if (bytesRead === 0) return;
      yield page.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

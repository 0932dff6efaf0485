/** Which snapshots are packed while they are written: by the end of their name. They are unpacked by what is in them. */
import type { Transform } from 'node:stream';
import { createGzip, createZstdCompress } from 'node:zlib';

const packers: Readonly<Record<string, () => Transform>> = {
  gz: () => createGzip(),
  zst: () => createZstdCompress(),
};

/** `.gz` or `.zst`; "" for a file that is not packed. */
export const packedEnding = (name: string): string => /\.(?:gz|zst)$/i.exec(name)?.[0] ?? '';

/** What packs a file of this name while it is written; null for one that is not packed. */
export const packerFor = (name: string): Transform | null =>
  packers[packedEnding(name).slice(1).toLowerCase()]?.() ?? null;

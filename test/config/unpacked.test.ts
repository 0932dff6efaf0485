import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenPack, unpacked } from '../../src/config/unpacked.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What comes out before an end or an error, and the error. */
async function unpack(bytes: Uint8Array, size = 1 << 20) {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of unpacked('f', inPieces(bytes, size))) parts.push(part);
    return { text: Buffer.concat(parts).toString('latin1'), error: null };
  } catch (error) {
    return { text: Buffer.concat(parts).toString('latin1'), error };
  }
}

const text = Array.from({ length: 3000 }, (_, at) => `line ${at} of much text\n`).join('');
const packs: [name: string, pack: (bytes: Uint8Array | string) => Buffer][] = [
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
];

test('what is not compressed comes as it is', async () => {
  const anyBytes = fc.uint8Array().filter(([a, b]) => !(a === 0x1f && b === 0x8b));
  await fc.assert(
    fc.asyncProperty(anyBytes, fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
      const { text, error } = await unpack(bytes, size);
      expect(error).toBeNull();
      expect(text).toBe(Buffer.from(bytes).toString('latin1'));
    }),
  );
});

describe.each(packs)('%s', (name, pack) => {
  const packed = pack(text);

  test.each([1, 7, 64, 1 << 20])('is unpacked in pieces of %i', async (size) => {
    expect(await unpack(packed, size)).toEqual({ text, error: null });
  });

  test('may be several one after the other, wherever a piece ends', async () => {
    const two = Buffer.concat([packed, pack('and more')]);
    for (const size of [1, packed.length - 1, packed.length, packed.length + 1, 1 << 20])
      expect(await unpack(two, size)).toEqual({ text: `${text}and more`, error: null });
  });

  test.each([1, 100, 1 << 20])('is said to be cut off, in pieces of %i', async (size) => {
    for (const length of [5, 20, packed.length >> 1, packed.length - 1]) {
      const { text: came, error } = await unpack(packed.subarray(0, length), size);
      expect(text.startsWith(came)).toBe(true);
      expect(error).toBeInstanceOf(BrokenPack);
      expect((error as BrokenPack).byte).toBe(length);
      expect((error as BrokenPack).message).toContain('is cut off');
    }
  });

  test.each([
    ['text', 'garbage'],
    ['zeros', '\0\0\0\0\0\0\0\0'],
  ])('is said to be followed by %s', async (_what, rest) => {
    for (const size of [1, packed.length, 1 << 20]) {
      const { text: came, error } = await unpack(Buffer.concat([packed, Buffer.from(rest)]), size);
      // Where the end and what follows come in one piece, its last part may be missing.
      expect(text.startsWith(came)).toBe(true);
      const { byte, message } = error as BrokenPack;
      expect(message).toBe(
        `f: something else follows what ${name} compressed, behind byte ${byte} of the compressed file`,
      );
      // What could have been the beginning of more is seen one byte late.
      expect(byte).toBeLessThanOrEqual(packed.length + 1);
      expect(byte).toBeGreaterThanOrEqual(packed.length - 4096);
    }
  });

  test('that is damaged is told, or unpacks to something else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(packed.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const bytes = Buffer.from(packed);
          bytes[at]! ^= change;
          const { error } = await unpack(bytes);
          if (error !== null) expect(error).toBeInstanceOf(BrokenPack);
        },
      ),
    );
  });

  test('fails as its source fails', async () => {
    const failing = (async function* () {
      yield packed.subarray(0, 10);
      throw new Error('the disk is gone');
    })();
    await expect(Array.fromAsync(unpacked('f', failing))).rejects.toThrow('the disk is gone');
  });

  test('can be left before its end', async () => {
    let closed = false;
    const source = (async function* () {
      try {
        for (;;) yield packed;
      } finally {
        closed = true;
      }
    })();
    for await (const part of unpacked('f', source)) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  });
});

/** The texts of jobs, many together and packed: a list of a hundred thousand takes a twentieth. */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Page, Placed } from '../job/row.ts';

export interface PageWriter {
  /** Keeps a copy of the bytes. */
  readonly add: (bytes: Uint8Array) => Placed;
  /** Packs what is left. */
  readonly end: () => void;
}

/** Bytes of a page, unpacked: a job is there again within a quarter of a millisecond. */
const size = 256 * 1024;
/** What is less is not worth packing, bytes. */
const small = 32 * 1024;

/** Level 1: what jobs repeat is found by it as well, and lists of 144 MB are packed while they come. */
const quick = () => ({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });

/** The page that was looked into last, for whoever walks from job to job. */
let last: { readonly page: Page; readonly bytes: Buffer } | null = null;

class TextPage implements Page {
  count = 0;
  uses = 0;
  #bytes: Buffer;
  #isPacked = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get raw(): number {
    return this.#isPacked ? 0 : this.#bytes.length;
  }

  text(from: number, to: number): string {
    return this.#unpacked().toString('utf8', from, to);
  }

  check(bytes: Uint8Array): number {
    return checkOf(bytes);
  }

  /** Nothing is added any more. */
  close(length: number): void {
    const bytes = this.#bytes.subarray(0, length);
    this.#isPacked = length >= small;
    this.#bytes = this.#isPacked ? zstdCompressSync(bytes, quick()) : Buffer.from(bytes);
  }

  #unpacked(): Buffer {
    if (!this.#isPacked) return this.#bytes;
    if (last?.page !== this) last = { page: this, bytes: zstdDecompressSync(this.#bytes) };
    return last.bytes;
  }
}

export function pageWriter(): PageWriter {
  let buffer: Buffer | null = null;
  let page: TextPage | null = null;
  let end = 0;

  function close(): void {
    page?.close(end);
    page = null;
    end = 0;
  }

  return {
    add(bytes) {
      if (end + bytes.length > size) close();
      // A job of more than a page has one of its own.
      if (bytes.length > size) return alone(bytes);
      buffer ??= Buffer.allocUnsafeSlow(size);
      page ??= new TextPage(buffer);
      buffer.set(bytes, end);
      const at = end;
      end += bytes.length;
      page.count++;
      return { page, at, length: bytes.length, check: checkOf(bytes) };
    },
    end() {
      close();
      buffer = null;
    },
  };
}

/** Their CRC-32, as a small integer. */
const checkOf = (bytes: Uint8Array): number => crc32(bytes) | 0;

/** In a page of its own. */
export function alone(bytes: Uint8Array): Placed {
  const page = new TextPage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  page.count++;
  page.close(bytes.length);
  return { page, at: 0, length: bytes.length, check: checkOf(bytes) };
}

import type { ManifestLine } from '../archive/manifest.ts';

const shaSize = 32;
const definitionSize = 16;
/** SHA-256, hash of the definition, length of the line, end of the name, hash of the name. */
const rowSize = shaSize + definitionSize + 3 * 4;

/**
 * The lines of a snapshot as its manifest tells them, packed: 100 000 jobs take some ten megabytes, where
 * objects would take fifty.
 */
export class LineTable implements Iterable<ManifestLine> {
  #rows = Buffer.allocUnsafeSlow(1 << 14);
  #names = Buffer.allocUnsafeSlow(1 << 13);
  /** The row of a name and one more, at the place of its hash or behind it; 0 for none. */
  #slots = new Int32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The row that has this name; -1 for none. */
  find(name: string): number {
    return this.#slots[this.#slot(name, hashOf(name))]! - 1;
  }

  /** The first of several lines of one name is the one that is found by it. */
  add({ name, bytes, sha256, definition }: ManifestLine): void {
    const row = this.#count++;
    const begin = this.#nameEnd(row - 1);
    this.#names = grown(this.#names, begin + 3 * name.length);
    const end = begin + this.#names.write(name, begin);
    this.#rows = grown(this.#rows, (row + 1) * rowSize);
    let at = row * rowSize;
    at += this.#rows.write(sha256, at, 'hex');
    at += this.#rows.write(definition, at, 'hex');
    at = this.#rows.writeUInt32LE(bytes, at);
    at = this.#rows.writeUInt32LE(end, at);
    const hash = hashOf(name);
    this.#rows.writeUInt32LE(hash, at);
    if (2 * this.#count > this.#slots.length) this.#rehash();
    const slot = this.#slot(name, hash);
    if (this.#slots[slot] === 0) this.#slots[slot] = row + 1;
  }

  *[Symbol.iterator](): Generator<ManifestLine> {
    for (let row = 0; row < this.#count; row++) {
      const at = row * rowSize;
      const definition = at + shaSize;
      yield {
        name: this.#name(row),
        bytes: this.#rows.readUInt32LE(definition + definitionSize),
        sha256: this.#rows.toString('hex', at, definition),
        definition: this.#rows.toString('hex', definition, definition + definitionSize),
      };
    }
  }

  /** The hashes of all definitions in their order, without having all of them as texts at once. */
  *definitions(): Generator<string> {
    for (let first = 0; first < 16; first++) {
      const some: string[] = [];
      for (let row = 0; row < this.#count; row++) {
        const at = row * rowSize + shaSize;
        if (this.#rows[at]! >> 4 === first)
          some.push(this.#rows.toString('hex', at, at + definitionSize));
      }
      yield* some.sort();
    }
  }

  #nameEnd(row: number): number {
    return row < 0 ? 0 : this.#rows.readUInt32LE((row + 1) * rowSize - 8);
  }

  #hash(row: number): number {
    return this.#rows.readUInt32LE((row + 1) * rowSize - 4);
  }

  #name(row: number): string {
    return this.#names.toString('utf8', this.#nameEnd(row - 1), this.#nameEnd(row));
  }

  /** Where the row of a name is, or may be put. */
  #slot(name: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1;
      if (row < 0 || (this.#hash(row) === hash && this.#name(row) === name)) return slot;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let row = 0; row < this.#count - 1; row++) {
      const slot = this.#slot(this.#name(row), this.#hash(row));
      if (this.#slots[slot] === 0) this.#slots[slot] = row + 1;
    }
  }
}

const step = 1 << 20;

/** With room for so many bytes. It is moved, not copied: the old one would wait for its removal. */
function grown(buffer: Buffer<ArrayBuffer>, size: number): Buffer<ArrayBuffer> {
  if (size <= buffer.length) return buffer;
  return Buffer.from(buffer.buffer.transfer(size + Math.min(buffer.length, step)));
}

/** FNV-1a, of 32 bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

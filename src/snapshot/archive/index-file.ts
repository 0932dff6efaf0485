/** What is kept of a snapshot to find its jobs by, as bytes: a head, then the rows in columns. */
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A job of a snapshot. */
export interface Row {
  readonly name: string;
  /** Of what an operator defines (definition.ts), hex. */
  readonly definition: string;
  /** Where its line begins in the unpacked file, bytes; null where it has no line of its own. */
  readonly offset: number | null;
  /** Without the line break, bytes. */
  readonly length: number;
}

/** A job that was found, by its name. */
export type Place = Omit<Row, 'name'>;

/** Which state of a file this is of. */
export interface State {
  readonly bytes: number;
  /** ms since the epoch. */
  readonly modified: number;
}

const magic = Buffer.from('dkronix1');
const head = 40;
const nameSize = 8;
const definitionSize = 16;
const rowSize = nameSize + definitionSize + 8 + 4;
const notCounted = -1;
const noOffset = -1;

/** `jobs`: null for what is no list of jobs. Without rows only that is kept. */
export function packIndex(state: State, jobs: number | null, rows: readonly Row[] | null): Buffer {
  const sorted = (rows ?? [])
    .map((row) => ({ ...row, key: hash('sha256', row.name, 'buffer').subarray(0, nameSize) }))
    .sort((a, b) => Buffer.compare(a.key, b.key));
  const bytes = Buffer.alloc(head + sorted.length * rowSize);
  magic.copy(bytes);
  bytes.writeDoubleLE(state.bytes, 8);
  bytes.writeDoubleLE(state.modified, 16);
  bytes.writeInt32LE(jobs ?? notCounted, 24);
  bytes.writeInt32LE(rows === null ? notCounted : sorted.length, 28);
  const { definitions, offsets, lengths } = columnsOf(sorted.length);
  for (const [at, { key, definition, offset, length }] of sorted.entries()) {
    key.copy(bytes, head + at * nameSize);
    bytes.write(definition, definitions + at * definitionSize, definitionSize, 'hex');
    bytes.writeDoubleLE(offset ?? noOffset, offsets + at * 8);
    bytes.writeUInt32LE(length, lengths + at * 4);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, sealed), crc32(bytes.subarray(head))), sealed);
  return bytes;
}

/** Where the checksum stands: it is over all the rest. */
const sealed = 32;

function columnsOf(rows: number) {
  const definitions = head + rows * nameSize;
  const offsets = definitions + rows * definitionSize;
  return { definitions, offsets, lengths: offsets + rows * 8 };
}

/** What was packed of this state of the file; null for anything else. */
export function unpackIndex(
  bytes: Buffer,
  state: State,
): { readonly jobs: number | null; readonly index: Index | null } | null {
  if (bytes.length < head || !bytes.subarray(0, magic.length).equals(magic)) return null;
  if (bytes.readDoubleLE(8) !== state.bytes || bytes.readDoubleLE(16) !== state.modified)
    return null;
  const counted = bytes.readInt32LE(24);
  const rows = bytes.readInt32LE(28);
  if (bytes.length !== head + Math.max(rows, 0) * rowSize) return null;
  const sum = crc32(bytes.subarray(0, sealed), crc32(bytes.subarray(head)));
  if (bytes.readUInt32LE(sealed) !== sum) return null;
  return {
    jobs: counted === notCounted ? null : counted,
    index: rows === notCounted ? null : new Index(bytes, rows),
  };
}

/** The jobs of a snapshot, sorted by the hashes of their names. */
export class Index {
  readonly jobs: number;
  private readonly bytes: Buffer;
  private readonly columns: ReturnType<typeof columnsOf>;

  /** `bytes` as they were packed. */
  constructor(bytes: Buffer, jobs: number) {
    this.bytes = bytes;
    this.jobs = jobs;
    this.columns = columnsOf(jobs);
  }

  /** Null for a job that is not in the snapshot; any of them where the name is there several times. */
  find(name: string): Place | null {
    const position = this.position(name);
    return position === null ? null : this.at(position);
  }

  /** Whether the name is there several times. */
  isTwice(name: string): boolean {
    const found = this.position(name);
    if (found === null) return false;
    const isSame = (other: number): boolean =>
      other >= 0 && other < this.jobs && this.compareNames(found, this, other) === 0;
    return isSame(found - 1) || isSame(found + 1);
  }

  private position(name: string): number | null {
    const key = hash('sha256', name, 'buffer');
    let from = 0;
    let to = this.jobs;
    while (from < to) {
      const middle = (from + to) >> 1;
      const start = head + middle * nameSize;
      const order = this.bytes.compare(key, 0, nameSize, start, start + nameSize);
      if (order === 0) return middle;
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return null;
  }

  /** The job at this position of the order; its name is known by its hash only. */
  at(position: number): Place {
    const { offsets, lengths } = this.columns;
    const [start, end] = this.definition(position);
    const offset = this.bytes.readDoubleLE(offsets + position * 8);
    return {
      definition: this.bytes.toString('hex', start, end),
      offset: offset === noOffset ? null : offset,
      length: this.bytes.readUInt32LE(lengths + position * 4),
    };
  }

  /** Below 0 where the name at this position comes before that of another index; 0 for the same. */
  compareNames(position: number, other: Index, there: number): number {
    const start = head + position * nameSize;
    const begin = head + there * nameSize;
    return this.bytes.compare(other.bytes, begin, begin + nameSize, start, start + nameSize);
  }

  sameDefinition(position: number, other: Index, there: number): boolean {
    return (
      this.bytes.compare(other.bytes, ...other.definition(there), ...this.definition(position)) ===
      0
    );
  }

  private definition(position: number): [start: number, end: number] {
    const start = this.columns.definitions + position * definitionSize;
    return [start, start + definitionSize];
  }
}

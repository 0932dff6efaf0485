/** The lines of a snapshot, hashed as they come; what is as the manifest says costs no memory. */
import { createHash, hash } from 'node:crypto';
import type { ManifestLine } from '../archive/manifest.ts';

/** A line of the file as it is. */
export interface FileLine {
  readonly sha256: string;
  /** Without its line break. */
  readonly bytes: number;
  /** Where it begins. */
  readonly at: number;
  /** Its bytes, where they are none that the manifest knows, and not too many. */
  readonly text: Uint8Array | null;
}

export interface FileLines {
  /** So many lines are as in the manifest, from the first on. */
  readonly same: number;
  /** What comes after them. */
  readonly rest: readonly FileLine[];
  readonly bytes: number;
  /** Of all bytes. */
  readonly sha256: string;
  /** The last line ends with a line break, as every line of a snapshot does. */
  readonly ended: boolean;
  /** It went on for much longer than the snapshot, and was not read to its end. */
  readonly endless: boolean;
}

const newline = 0x0a;

/** Of all lines that differ together. */
const kept = 32 << 20;
/** What a file may be longer than its snapshot, in bytes and in lines, to be read to its end. */
const excess = { bytes: 64 << 20, lines: 100_000 };

/** Reads a file as lines. `expected` are those of its manifest. Throws what `source` throws. */
export async function readLines(
  source: AsyncIterable<Uint8Array>,
  expected: readonly Pick<ManifestLine, 'sha256' | 'bytes'>[],
): Promise<FileLines> {
  const whole = createHash('sha256');
  const lines = comparing(expected);
  const most = expected.reduce((sum, { bytes }) => sum + bytes + 1, excess.bytes);
  let bytes = 0;
  let endless = false;
  let last = newline;
  for await (const chunk of source) {
    whole.update(chunk);
    lines.push(chunk, bytes);
    bytes += chunk.length;
    last = chunk.at(-1) ?? last;
    endless = bytes > most || lines.count > expected.length + excess.lines;
    if (endless) break;
  }
  lines.end();
  const { same, rest } = lines;
  return { same, rest, bytes, sha256: whole.digest('hex'), ended: last === newline, endless };
}

function comparing(expected: readonly Pick<ManifestLine, 'sha256' | 'bytes'>[]) {
  let same = 0;
  let room = kept;
  const rest: FileLine[] = [];
  let known: Set<string> | null = null;
  /** The line that an earlier chunk ends in: where it begins, and its parts where they may be kept. */
  let begun: {
    at: number;
    bytes: number;
    parts: Uint8Array[];
    sum: ReturnType<typeof createHash>;
  } | null = null;

  function add(sha256: string, bytes: number, at: number, text: () => Uint8Array | null): void {
    if (rest.length === 0 && expected[same]?.sha256 === sha256) {
      same++;
      return;
    }
    known ??= new Set(expected.map((line) => line.sha256));
    const keeps = !known.has(sha256) && bytes <= room;
    if (keeps) room -= bytes;
    rest.push({ sha256, bytes, at, text: keeps ? text() : null });
  }

  function finish(piece: Uint8Array): void {
    const { at, bytes, parts, sum } = begun!;
    const length = bytes + piece.length;
    const whole = parts.length > 0 || bytes === 0;
    add(sum.update(piece).digest('hex'), length, at, () =>
      whole ? Buffer.concat([...parts, piece]) : null,
    );
    begun = null;
  }

  function begin(piece: Uint8Array, at: number): void {
    begun ??= { at, bytes: 0, parts: [], sum: createHash('sha256') };
    begun.sum.update(piece);
    begun.bytes += piece.length;
    if (begun.bytes <= room) begun.parts.push(piece);
    else begun.parts = [];
  }

  return {
    get same() {
      return same;
    },
    get count() {
      return same + rest.length;
    },
    rest,
    push(chunk: Uint8Array, at: number): void {
      let from = 0;
      for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
        const line = chunk.subarray(from, to);
        if (begun !== null) finish(line);
        else add(hash('sha256', line, 'hex'), line.length, at + from, () => Uint8Array.from(line));
        from = to + 1;
      }
      if (from < chunk.length) begin(chunk.subarray(from), at + from);
    },
    end(): void {
      if (begun !== null) finish(new Uint8Array());
    },
  };
}

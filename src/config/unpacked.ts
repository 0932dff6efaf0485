/** Bytes that may be compressed, by gzip or zstd: told by how they begin, never by a name. */
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { CorruptFile } from '../base/errors.ts';

type Decoder = Gunzip | ZstdDecompress;

interface Format {
  readonly name: string;
  readonly begins: readonly number[];
  readonly decoder: () => Decoder;
}

/** Pieces of what comes out: what there may be more of in memory than was read. */
const chunkSize = 1 << 18;

/** Pieces that go in: so much is lost at most before the place of a damage. */
const stride = 1 << 12;

const formats: readonly Format[] = [
  { name: 'gzip', begins: [0x1f, 0x8b], decoder: () => createGunzip({ chunkSize }) },
  {
    name: 'zstd',
    begins: [0x28, 0xb5, 0x2f, 0xfd],
    decoder: () => createZstdDecompress({ chunkSize }),
  },
];

const enoughToTell = 4;

const formatOf = (head: Uint8Array): Format | undefined =>
  formats.find(({ begins }) => begins.every((byte, at) => head[at] === byte));

/** Whether bytes that begin so are compressed. */
export const isPacked = (head: Uint8Array): boolean => formatOf(head) !== undefined;

/** Compressed bytes that cannot be unpacked to their end. */
export class BrokenPack extends CorruptFile {
  /** Offset in the compressed bytes behind which it was noticed, within some kilobytes. */
  readonly byte: number;
  /** Without the file. */
  readonly why: string;

  constructor(name: string, what: string, byte: number) {
    const why = `${what}, behind byte ${byte} of the compressed file`;
    super(`${name}: ${why}`, {
      data: 'What comes before that can be unpacked; what comes after is lost in this copy.',
      next: 'Copy it once more from where it came, or use another copy.',
    });
    this.byte = byte;
    this.why = why;
  }
}

/**
 * The bytes that were compressed, or the same ones where they are not; in pieces, so that a small file of much
 * is never in memory as a whole. Throws BrokenPack, behind all that could be unpacked, for what is damaged,
 * cut off, or followed by something else.
 */
export async function* unpacked(
  name: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const input = lookingAhead(source);
  try {
    const format = formatOf(await input.look());
    if (format === undefined) {
      for (let chunk = await input.next(); chunk; chunk = await input.next()) yield chunk;
      return;
    }
    // Several one after the other are one, for gzip and zstd themselves too.
    while (formatOf(await input.look()) === format) yield* unpackOne(name, format, input);
    if ((await input.look()).length > 0) throw followed(name, format, input.taken);
  } finally {
    await input.close();
  }
}

async function* unpackOne(name: string, format: Format, input: Ahead): AsyncGenerator<Uint8Array> {
  const start = input.taken;
  const decoder = format.decoder();
  const fed = feed(input, decoder, start);
  try {
    for await (const chunk of decoder) yield chunk as Uint8Array;
  } catch (error) {
    throw inWords(name, format, start + decoder.bytesWritten, error);
  }
  // It stops at the end of what is compressed, wherever that is in a piece.
  await fed;
  input.giveBack(input.taken - start - decoder.bytesWritten);
}

/** Hands over one piece after the other, until there is none or no more is wanted. */
async function feed(input: Ahead, decoder: Decoder, start: number): Promise<void> {
  let over = false;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'error', 'close'])
      decoder.once(event, () => {
        over = true;
        resolve();
      });
  });
  try {
    while (!over) {
      const chunk = await input.next(stride);
      if (chunk === null) return void decoder.end();
      // Of a piece with something behind the end it may never say that it was taken.
      await Promise.race([new Promise((taken) => decoder.write(chunk, taken)), ended]);
      if (input.taken - start > decoder.bytesWritten) return;
    }
  } catch (error) {
    decoder.destroy(error as Error);
  }
}

const followed = (name: string, format: Format, byte: number): BrokenPack =>
  new BrokenPack(name, `something else follows what ${format.name} compressed`, byte);

function inWords(name: string, format: Format, byte: number, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (!/^(?:Z|ZSTD)_/.test(code)) return error;
  if (code === 'Z_BUF_ERROR')
    return new BrokenPack(
      name,
      `what ${format.name} compressed is cut off, or damaged somewhere before its end`,
      byte,
    );
  return message === 'incorrect header check' || code === 'ZSTD_error_prefix_unknown'
    ? followed(name, format, byte)
    : new BrokenPack(name, `what ${format.name} compressed is damaged`, byte);
}

interface Ahead {
  /** How many bytes were taken. */
  readonly taken: number;
  /** The first bytes of what comes next, which stay there; fewer only at the end. */
  look(): Promise<Uint8Array>;
  /** Null at the end. */
  next(most?: number): Promise<Uint8Array | null>;
  /** So many of the bytes that were taken last come once more. */
  giveBack(count: number): void;
  close(): Promise<void>;
}

function lookingAhead(source: AsyncIterable<Uint8Array>): Ahead {
  const chunks = source[Symbol.asyncIterator]();
  let waiting: Uint8Array = new Uint8Array();
  /** What the last piece was taken from, and how much of it. */
  let whole = waiting;
  let begun = 0;
  let taken = 0;

  async function more(): Promise<Uint8Array | null> {
    const { value, done } = await chunks.next();
    return done ? null : value;
  }

  return {
    get taken() {
      return taken;
    },
    async look() {
      while (waiting.length < enoughToTell) {
        const chunk = await more();
        if (chunk === null) break;
        waiting = Buffer.concat([waiting, chunk]);
      }
      return waiting;
    },
    async next(most = Number.POSITIVE_INFINITY) {
      const chunk = waiting.length > 0 ? waiting : await more();
      if (chunk === null) return null;
      whole = chunk;
      begun = Math.min(most, chunk.length);
      waiting = chunk.subarray(begun);
      taken += begun;
      return chunk.subarray(0, begun);
    },
    giveBack(count) {
      taken -= count;
      waiting = whole.subarray(begun - count);
    },
    close: async () => void (await chunks.return?.()),
  };
}

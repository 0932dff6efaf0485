/**
 * Operations of a month, compressed together, newest first: each begins with a line that names the file it
 * had. Nothing is ever written into such a file again.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { flushFolder } from '../config/files.ts';
import { split } from './split.ts';

export interface Month {
  readonly path: string;
  /** Sort before, and after, the keys of all operations in it. */
  readonly oldest: string;
  readonly newest: string;
}

/** An operation in such a file. */
export interface Packed {
  /** The name of the file it had. */
  readonly key: string;
  readonly lines: readonly string[];
}

const stamp = String.raw`\d{8}T\d{9}Z`;
/** `2026-11_20261103T….-20261128T…._1f2e3d4c.jsonl.gz`: between which times. */
const named = new RegExp(String.raw`^\d{4}-\d\d_(${stamp})-(${stamp})_.+\.jsonl\.gz$`);

export const isMonth = (name: string): boolean => named.test(name);

/** Newest first; none where there is no folder. */
export async function monthsIn(folder: string): Promise<Month[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const [, oldest, newest] = named.exec(name) ?? [];
      if (oldest === undefined || newest === undefined) return [];
      return [{ path: join(folder, name), oldest, newest: `${newest}~` }];
    })
    .sort((a, b) => (a.newest < b.newest ? 1 : -1));
}

/** Rejects as the file system does, and for what is damaged. */
export async function* operationsOfMonth(path: string): AsyncGenerator<Packed> {
  const gunzip = createGunzip().setEncoding('utf8');
  // Reading the text tells what is wrong with it, whenever that comes.
  const text = pipe(createReadStream(path), gunzip, () => {});
  let operation: { readonly key: string; readonly lines: string[] } | null = null;
  for await (const line of split(text)) {
    const key = keyIn(line);
    if (key === undefined) operation?.lines.push(line);
    else {
      if (operation !== null) yield operation;
      operation = { key, lines: [] };
    }
  }
  if (operation !== null) yield operation;
}

const newLine = 10;

const beginning = (key: string): string => `${JSON.stringify({ file: key })}\n`;

const keyIn = (line: string): string | undefined => /^\{"file":"([^"]*)"\}$/.exec(line)?.[1];

/**
 * Writes a month; it is on the disk, under its name, when this resolves. `operations` come newest first.
 * Rejects as the file system does, and leaves nothing then.
 */
export async function writeMonth(
  folder: string,
  { oldest, newest }: { readonly oldest: string; readonly newest: string },
  operations: AsyncIterable<{ readonly key: string; readonly text: Uint8Array }>,
): Promise<string> {
  const month = `${newest.slice(0, 4)}-${newest.slice(4, 6)}`;
  const name = `${month}_${oldest}-${newest}_${randomUUID().slice(0, 8)}.jsonl.gz`;
  const hidden = join(folder, `.${name}`);
  async function* texts() {
    for await (const { key, text } of operations) {
      yield beginning(key);
      yield text;
      if (text.at(-1) !== newLine) yield '\n';
    }
  }
  try {
    const file = createWriteStream(hidden, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(texts()), createGzip(), file);
    await rename(hidden, join(folder, name));
    await flushFolder(folder);
    return join(folder, name);
  } catch (error) {
    await rm(hidden, { force: true }).catch(() => {});
    throw error;
  }
}

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import { CorruptFile } from '../base/errors.ts';
import { parseJson } from '../base/json.ts';
import { fileError } from '../config/files.ts';
import { jobShape } from '../dkron/shapes.ts';
import type { JobText } from '../job/job.ts';
import { type Piece, type Position, scanFile, Unexpected } from './scan.ts';
import { notAJob, unexpected } from './trouble.ts';

/**
 * The jobs of a snapshot, each with its exact text, in the order of the file. Reads what this
 * program writes, what the curl-and-jq script writes (one job a line), the plain array that curl
 * gets, single, pretty-printed or concatenated jobs, and a folder of `.json` files.
 * Throws NotFound, and CorruptFile naming file, line and byte.
 */
export async function* readSnapshot(path: string): AsyncGenerator<JobText> {
  const seen = new Map<string, string>();
  for (const file of await filesOf(path))
    for await (const { job, text, at } of readFile(file)) {
      const place = `${file}, line ${at.line}`;
      const first = seen.get(job.name);
      if (first !== undefined)
        throw new CorruptFile(`job ${job.name} is in the snapshot twice: ${first}, and ${place}`, {
          next: 'Remove the one that is wrong; only you can tell which.',
        });
      seen.set(job.name, place);
      yield { job, text };
    }
}

async function filesOf(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (error) {
    throw fileError(path, 'read', error);
  }
  throw new CorruptFile(`${path} is a folder without a .json file in it`, {
    next: 'Give a snapshot file, or a folder with one .json file a job.',
  });
}

async function* readFile(file: string): AsyncGenerator<JobText & { readonly at: Position }> {
  const scanner = scanFile();
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
      for (const piece of scanner.push(chunk as Uint8Array))
        yield { ...readJob(file, piece), at: piece.at };
    scanner.end();
  } catch (error) {
    if (error instanceof Unexpected) throw unexpected(file, error);
    throw fileError(file, 'read', error);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readJob(file: string, { bytes, at }: Piece): JobText {
  let text: string;
  try {
    text = mendScriptBreaks(utf8.decode(bytes));
  } catch (error) {
    throw notAJob(file, at, 'is not UTF-8 text', error);
  }
  const shape = jobShape.safeParse(parseAt(file, text, at));
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw notAJob(file, at, `is not a job: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  if (shape.data.name === '') throw notAJob(file, at, 'is not a job: it has no name');
  return { text, job: shape.data };
}

/**
 * The script puts a line break between `}` and `{` to separate jobs (`sed "s/\}\{/\}\n\{/g"`), and
 * so also breaks the strings that hold these two characters. Inside an object `}` and `{` can
 * follow each other in strings only, where JSON allows no line break: taking it out is exact.
 */
const mendScriptBreaks = (text: string): string => text.replace(/\}\r?\n(?=\{)/g, '}');

function parseAt(file: string, text: string, at: Position): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw notAJob(file, moved(at, text.slice(0, errorOffset(text))), 'is not JSON', error);
  }
}

/** Where the text stops being JSON: JSON.parse does not say it, or quotes the text, secrets and all. */
function errorOffset(text: string): number {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  return errors[0]?.offset ?? 0;
}

const moved = ({ line, byte }: Position, over: string): Position => ({
  line: line + over.split('\n').length - 1,
  byte: byte + Buffer.byteLength(over),
});

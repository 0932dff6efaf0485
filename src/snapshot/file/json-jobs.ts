/** The jobs of a file that is JSON. */

import { isUtf8 } from 'node:buffer';
import { withoutEnd } from '../../base/trimmed.ts';
import { foreignEncoding } from '../../config/encoding.ts';
import { tooMuch } from '../../job/bounds.ts';
import { definedJob, looksLikeJob, nameIn } from '../../job/job-value.ts';
import { checkJson } from '../../json/check.ts';
import { parseJson } from '../../json/numbers.ts';
import { offsetInJson } from '../../json/path.ts';
import { jsonTokens } from '../../json/tokens.ts';
import { nextJobIn } from './border.ts';
import { noJobs, notFields, whyNoJob } from './errors.ts';
import type { Found, JobReader, Unreadable } from './found.ts';
import { moved, type Position } from './position.ts';
import { type Piece, scanFile } from './scan.ts';

/** How much is read again at most to find the jobs after one that is not JSON: seconds of work. */
const patience = 1 << 28;

/** How much may come without anything that is a job or stands in its place. */
const silence = 1 << 27;

/** Beyond it only the beginning of a job is named as the place where it is wrong. */
const searchable = 1 << 20;

/** `wrapped`: the list stands in an object, which has begun already. */
export function jsonJobs(file: string, start: Position, wrapped = false): JobReader {
  const scanner = scanFile(start, wrapped);
  let again = 0;
  let silent = 0;

  function* found(pieces: Iterable<Piece>): Generator<Found> {
    for (const piece of pieces)
      if (piece.kind !== 'stray') yield* whole(piece);
      else if (!isBorder(piece.bytes)) yield stray(piece);
  }

  const unreadable = (
    at: Position,
    name: string | null,
    why: string,
    foreign = false,
  ): Unreadable => ({
    name,
    places: [{ file, ...at }],
    why,
    foreign,
  });

  const stray = ({ at, bytes }: Piece): Unreadable =>
    unreadable(at, null, bytes[0] === closingBrace ? whyNoJob.closed : whyNoJob.stray, true);

  /** What braces hold, or what the file ends in. */
  function* whole(piece: Piece): Iterable<Found> {
    const list = piece.kind === 'object' && !wrapped ? listIn(piece) : null;
    if (list === null) yield one(piece);
    else yield* jsonJobs(file, list.at, true).push(list.bytes);
  }

  function one({ kind, bytes, at }: Piece): Found {
    if (bytes.length === 0) return unreadable(at, null, whyNoJob.listCut, true);
    if (kind !== 'object') return broken({ kind, bytes, at });
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    const json = parse(mended(text));
    if (json === 'broken') return broken({ kind, bytes, at });
    if (!isUtf8(bytes)) {
      const first = moved(at, bytes.subarray(0, firstBadByte(bytes, text)));
      const name = json === 'deep' ? null : nameIn(json.value);
      return unreadable(first, name, whyNoJob.encoding(foreignEncoding(bytes)!));
    }
    if (json === 'deep') return unreadable(at, firstName(text), whyNoJob.deep);
    const excess = tooMuch(text);
    if (excess !== undefined) return unreadable(at, nameIn(json.value), `this ${excess}`);
    return read(text, json.value, at);
  }

  function read(text: string, value: unknown, at: Position): Found {
    const job = definedJob(value);
    if ('job' in job) return { text: mended(text), job: job.job, place: { file, ...at } };
    if (!looksLikeJob(value)) return unreadable(at, null, whyNoJob.otherObject, true);
    const near = (keys: readonly string[]): Position =>
      text.length > searchable ? at : placeIn(text, at, offsetInJson(mended(text), keys));
    const { position, why } = notFields(job.wrong, near);
    return unreadable(position, nameIn(value), why);
  }

  /** What is not JSON; the jobs inside it are read again. */
  function broken({ kind, bytes, at }: Piece): Unreadable {
    const border = nextJobIn(bytes);
    const own = bytes.subarray(0, border);
    if (border !== undefined) rewind(bytes.subarray(border), moved(at, own));
    const text = withoutEnd(Buffer.from(own).toString(), /[\s,\]]/);
    const foreign = !jobField.test(text);
    if (border === undefined && kind !== 'object')
      return unreadable(at, firstName(text), whyNoJob[kind === 'cut' ? 'cut' : 'large'], foreign);
    if (text.length > searchable) return unreadable(at, firstName(text), whyNoJob.noJson, foreign);
    const problem = checkJson(mended(text));
    const place = problem ? placeIn(text, at, problem.offset) : at;
    const why = problem ? `${whyNoJob.noJson}: ${problem.message}` : whyNoJob.noJson;
    return unreadable(place, firstName(text), why, foreign);
  }

  function rewind(bytes: Uint8Array, at: Position): void {
    again += bytes.length;
    if (again > patience)
      throw noJobs(
        `${file} has so many errors that it was not read completely`,
        'Fix it, or use another copy.',
      );
    scanner.rewind(bytes, at);
  }

  function* push(chunk: Uint8Array): Generator<Found> {
    silent += chunk.length;
    if (silent > silence)
      throw noJobs(
        `${file} goes on for ${silence >> 20} MB without a job in it, and was not read completely`,
      );
    for (const one of found(scanner.push(chunk))) {
      silent = 0;
      yield one;
    }
  }

  return { push, end: () => found(scanner.end()) };
}

const closingBrace = 0x7d;

/** Between two documents, or in front of a file that was put behind another one. */
const isBorder = (stray: Uint8Array): boolean =>
  /^(?:---|\.\.\.|\xef\xbb\xbf)[ \t\r]*$/.test(Buffer.from(stray).toString('latin1'));

/** The list of an object that is none of a job's: `{"total": 2, "jobs": [`. */
const listed =
  /^\{(?:\s*"(?!(?:name|schedule|executor)")\w+"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*,)*\s*"jobs"\s*:\s*(?=\[)/;

/** Where, in what begins with such an object, its list begins; 0 for anything else. */
export const listStart = (text: string): number => listed.exec(text)?.[0].length ?? 0;

function listIn({ bytes, at }: Piece): Pick<Piece, 'bytes' | 'at'> | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestHead));
  const start = listStart(head.toString('latin1'));
  return start === 0
    ? null
    : { bytes: bytes.subarray(start), at: moved(at, bytes.subarray(0, start)) };
}

const longestHead = 1 << 12;

const jobField = /"(?:name|schedule|executor|executor_config|parent_job)"\s*:/;

function parse(text: string): { readonly value: unknown } | 'deep' | 'broken' {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return error instanceof RangeError ? 'deep' : 'broken';
  }
}

/**
 * The script puts a line break between `}` and `{` to separate jobs (`sed "s/\}\{/\}\n\{/g"`), and
 * so also breaks the strings that hold these two characters. Inside an object `}` and `{` can
 * follow each other in strings only, where JSON allows no line break: taking it out is exact.
 */
const scriptBreak = /(?<=\})\r?\n(?=\{)/g;
const mended = (text: string): string =>
  text.includes('\n') ? text.replace(scriptBreak, '') : text;

/** Where an offset in the mended text stands in the file. */
function placeIn(text: string, at: Position, offset: number): Position {
  let end = offset;
  for (const { index, 0: taken } of text.matchAll(scriptBreak))
    if (index <= end) end += taken.length;
  return moved(at, Buffer.from(text.slice(0, end)));
}

/** The name of a job that is not JSON: the first text behind `"name":` that is not in a map. */
function firstName(text: string): string | null {
  let depth = 0;
  const tokens = jsonTokens(text.slice(0, searchable));
  for (const [at, { text: token }] of tokens.entries()) {
    if (token === '{') depth++;
    if (token === '}') depth--;
    const value = tokens[at + 2];
    if (depth !== 1 || token !== '"name"' || tokens[at + 1]?.text !== ':') continue;
    return value?.kind === 'string' ? JSON.parse(value.text) || null : null;
  }
  return null;
}

/** Where bytes that are no UTF-8 begin not to be what was read from them. */
function firstBadByte(bytes: Uint8Array, text: string): number {
  const read = Buffer.from(text);
  let at = 0;
  while (read[at] === bytes[at]) at++;
  // The sign for what cannot be read may begin with the same bytes.
  while ((read[at]! & 0xc0) === 0x80) at--;
  return at;
}

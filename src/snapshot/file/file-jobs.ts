/** The jobs of a file, whatever it is written in. */

import { emptyFile, mistakenFile, mistakenManifest, noJobs } from './errors.ts';
import type { Found, JobReader } from './found.ts';
import { jsonJobs, listStart } from './json-jobs.ts';
import { moved, type Position, startOfFile } from './position.ts';
import { yamlJobs } from './yaml-jobs.ts';

/** How much has to be there to tell what a file is. */
const enough = 1 << 16;

/** How much white space or how long a head of HTTP may stand before the first job. */
const patience = 1 << 20;

/** A byte order mark; it is no column of the first line. */
const mark = '\xef\xbb\xbf';
const blank = /^(?:\xef\xbb\xbf)?[ \t\r\n]*/;
/** What `curl -i` puts in front: one head, or several where it was sent elsewhere first. */
const httpHead = /^(?:HTTP\/[\d.]+ (\d{3})[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n)/;

/**
 * Reads the jobs of one file: JSON by its first character, or else YAML. A file of the name `.yaml`
 * or `.yml` is YAML. Throws CorruptFile for what is something else, named in words.
 */
export function fileJobs(file: string): JobReader {
  let head = Buffer.alloc(0);
  let reader: JobReader | null = null;

  function* begin(last: boolean): Generator<Found> {
    const begun = beginning(file, head, last);
    if (begun === null) return;
    reader = begun.reader;
    yield* reader.push(head.subarray(begun.skip));
  }

  return {
    *push(chunk) {
      if (reader) yield* reader.push(chunk);
      else {
        head = Buffer.concat([head, chunk]);
        yield* begin(false);
      }
    },
    *end() {
      if (!reader) yield* begin(true);
      yield* reader!.end();
    },
  };
}

/** How the file is to be read, and how much of it is no part of that; null when more has to come. */
function beginning(
  file: string,
  head: Buffer,
  last: boolean,
): { readonly reader: JobReader; readonly skip: number } | null {
  if (!last && head.length < enough) return null;
  const wrong = mistakenFile(file, head);
  if (wrong) throw wrong;
  let text = head.toString('latin1');
  const marked = text.startsWith(mark);
  let skip = blank.exec(text)![0].length;
  for (let http = httpHead.exec(text.slice(skip)); http; http = httpHead.exec(text.slice(skip))) {
    skip += http[0].length;
    if (Number(http[1]) >= 400)
      throw noJobs(
        `${file} is an answer of the status ${http[1]}, not a list of jobs`,
        'The server refused when the file was made. Use another file.',
      );
  }
  text = text.slice(skip);
  if ((text === '' || text.startsWith('HTTP/')) && !last && head.length < patience) return null;
  if (text === '') throw emptyFile(file);
  const mistake = mistakenFile(file, head.subarray(skip)) ?? mistakenManifest(file, text);
  if (mistake) throw mistake;
  const at: Position = moved(startOfFile, head.subarray(0, skip));
  const column = marked && at.line === 1 ? at.column - 1 : at.column;
  return reading(file, text, skip, { ...at, column });
}

function reading(file: string, text: string, skip: number, at: Position) {
  const list = listStart(text.slice(0, enough));
  if (list > 0)
    return {
      reader: jsonJobs(file, moved(at, Buffer.from(text.slice(0, list), 'latin1')), true),
      skip: skip + list,
    };
  // Or by a later line, where the first is broken.
  const looksLikeJson = /^[{[]/.test(text) || /^\[?\{\s*"\w+"\s*:/m.test(text);
  const isJson = looksLikeJson && !/\.ya?ml(?:\.(?:gz|zst))?$/i.test(file);
  return { reader: isJson ? jsonJobs(file, at) : yamlJobs(file, at), skip };
}

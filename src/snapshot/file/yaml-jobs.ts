/** The jobs of a file that is YAML. */

import { foreignEncoding } from '../../config/encoding.ts';
import { tooMuch } from '../../job/bounds.ts';
import { readFields } from '../../job/file/yaml-fields.ts';
import { type FileValue, readYaml } from '../../job/file/yaml-text.ts';
import { definedJob, looksLikeJob, nameIn } from '../../job/job-value.ts';
import { isMap } from '../../job/shape.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { emptyFile, noJobs, notFields, whyNoJob } from './errors.ts';
import type { Found, JobReader } from './found.ts';
import type { Position } from './position.ts';

/** YAML is read as a whole, at some 2 MB a second and 200 bytes of memory for each of its own. */
export const mostYaml = 2 << 20;

export function yamlJobs(file: string, start: Position): JobReader {
  const parts: Uint8Array[] = [];
  let size = 0;

  function push(chunk: Uint8Array): Found[] {
    size += chunk.length;
    if (size > mostYaml)
      throw noJobs(
        `${file} is larger than ${mostYaml >> 20} MB, which is too much for YAML`,
        'Write the jobs as JSON, one per line, or into several files.',
      );
    parts.push(chunk);
    return [];
  }

  function* end(): Generator<Found> {
    const bytes = Buffer.concat(parts);
    const encoding = foreignEncoding(bytes);
    if (encoding !== undefined) throw noJobs(`${file}: ${whyNoJob.encoding(encoding)}`);
    let empty = true;
    for (const part of documentsIn({ text: bytes.toString(), line: start.line }))
      for (const found of jobsIn(file, part)) {
        empty = false;
        yield found;
      }
    if (empty && !/^[ \t]*\[\s*\][ \t]*$/m.test(bytes.toString())) throw emptyFile(file);
  }

  return { push, end };
}

interface Part {
  readonly text: string;
  /** The line of the file that it begins with. */
  readonly line: number;
}

/** `---` at the beginning of a line is the border between two documents, whatever stands around it. */
const documentsIn = (part: Part): Part[] => split(part, /^(?=---(?:[ \t\r\n]|$))/m);

/** The entries of a list, each as a list of one; a text in it is always indented more. */
function entriesIn(part: Part): Part[] {
  const [, indent] =
    /^(?:(?:---|#|%)?[^\n]*\n|[ \t]*#[^\n]*\n|[ \t\r]*\n)*?( *)- /.exec(part.text) ?? [];
  return indent === undefined ? [] : split(part, new RegExp(`^(?=${indent}-[ \\t\\r\\n])`, 'm'));
}

function split({ text, line }: Part, border: RegExp): Part[] {
  let next = line;
  return text.split(border).map((part) => {
    const begins = next;
    next += part.split('\n').length - 1;
    return { text: part, line: begins };
  });
}

/** Text that is not YAML hides only the entry that it is in. */
function* jobsIn(file: string, part: Part): Generator<Found> {
  const { documents, errors } = readYaml(part.text);
  const shifted = ({ line, column }: Position): Position => ({
    line: line + part.line - 1,
    column,
  });
  const [error] = errors;
  if (error === undefined) {
    for (const item of documents.flatMap(itemsOf)) yield jobOf(file, item, shifted);
    return;
  }
  const entries = entriesIn(part).filter(({ text }) => text.trim() !== '');
  if (entries.length > 1) for (const entry of entries) yield* jobsIn(file, entry);
  else {
    const [, name = null] =
      /^[ \t-]*name:[ \t]*(["']?)([^\s"']+)\1[ \t\r]*$/m.exec(part.text)?.slice(1) ?? [];
    const place = { file, ...shifted(error) };
    const foreign = !/^[ \t-]*["']?(?:name|schedule|executor)["']?[ \t]*:/m.test(part.text);
    yield { name, places: [place], why: error.message, foreign };
  }
}

/** The values of a document that should be jobs; an empty one has none. */
function itemsOf({ value, place }: FileValue): FileValue[] {
  if (value === null) return [];
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({
      value: item,
      place: (keys) => place([index, ...keys]),
    }));
  const jobs = isMap(value) && !looksLikeJob(value) ? value['jobs'] : undefined;
  return Array.isArray(jobs)
    ? itemsOf({ value: jobs, place: (keys) => place(['jobs', ...keys]) })
    : [{ value, place }];
}

function jobOf(
  file: string,
  { value, place }: FileValue,
  shifted: (at: Position) => Position,
): Found {
  const given = isMap(value) ? readFields(value).given : value;
  const job = definedJob(given);
  const at = shifted(place([]));
  const text = stringifyJson(value);
  const excess = tooMuch(text);
  if (excess !== undefined)
    return {
      name: nameIn(given),
      places: [{ file, ...at }],
      why: `this ${excess}`,
      foreign: false,
    };
  if ('job' in job) return { job: job.job, text, place: { file, ...at } };
  if (!looksLikeJob(value))
    return {
      name: null,
      places: [{ file, ...at }],
      why: isMap(value) ? whyNoJob.otherObject : whyNoJob.text,
      foreign: true,
    };
  const { position, why } = notFields(job.wrong, (keys) => shifted(place(keys)));
  return { name: nameIn(given), places: [{ file, ...position }], why, foreign: false };
}

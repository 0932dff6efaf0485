/** What is wrong with a file of jobs, in an operator's words. */
import { CorruptFile } from '../../base/errors.ts';
import { converted, wideEncoding } from '../../config/encoding.ts';
import type { Misshapen } from '../../job/shape.ts';
import type { Position } from './position.ts';

/** Why something in a file is not a job. */
export const whyNoJob = {
  noJson: 'this is broken JSON',
  stray: 'this is not a job: a job is written in braces, { }',
  closed: 'this } closes nothing',
  text: 'this is a text or a number, not a job',
  deep: 'this is nested too deep to be read',
  large: 'this is larger than 8 MB; Dkron takes 4 MB at most for one job',
  cut: 'the file is cut off: what begins here does not end',
  listCut: 'the file is cut off: its list does not end, so jobs may be missing',
  otherObject: 'this is not a job: it has none of the fields of a job',
  twice: 'the name is there more than once: only you know which is right',
  encoding: (encoding: string): string =>
    `this is not UTF-8 text; it looks like ${encoding} (iconv -f ${encoding} -t UTF-8 converts the file)`,
};

/** The first of what is wrong with a job's fields as its place, all of it as the reason. */
export function notFields(
  wrong: readonly Misshapen[],
  placeOf: (keys: readonly string[]) => Position,
): { readonly position: Position; readonly why: string } {
  const placed = wrong
    .map(({ keys, text }) => ({
      at: placeOf(keys),
      text: `${keys.join('.') || 'this job'} ${text}`,
    }))
    .sort(({ at: a }, { at: b }) => a.line - b.line || a.column - b.column);
  const [first, ...more] = placed.slice(0, told);
  const rest = more.map(({ at, text }) => `; line ${at.line}, column ${at.column}: ${text}`);
  const left = placed.length - told;
  return {
    position: first!.at,
    why: first!.text + rest.join('') + (left > 0 ? `; and ${left} more` : ''),
  };
}

const told = 5;

/** Files that are mistaken for jobs, by how they begin. */
const mistaken: readonly (readonly [begins: RegExp, what: string, next: string])[] = [
  [
    /^</,
    'is a web page, not a list of jobs',
    'Another program than Dkron answered when the file was made. Use another file.',
  ],
  [
    /^(?:\x1f\x8b|\x28\xb5\x2f\xfd)/,
    'is compressed twice',
    'Unpack it once: gunzip < FILE > NEW-FILE',
  ],
  [
    /^(?:PK|BZh|\xfd7zXZ)/,
    'is compressed by another program than gzip or zstd',
    'Unpack it first.',
  ],
  [
    /^curl: \(/,
    'is an error of curl, not a list of jobs',
    'No server answered when the file was made. Use another file.',
  ],
];

/** What a file is that begins with these bytes and cannot be jobs; undefined when it may be. */
export function mistakenFile(file: string, head: Uint8Array): CorruptFile | undefined {
  const encoding = wideEncoding(head);
  if (encoding !== undefined)
    return noJobs(`${file} is ${encoding} text, not UTF-8`, converted(encoding));
  const text = Buffer.from(head).toString('latin1');
  for (const [begins, what, next] of mistaken)
    if (begins.test(text)) return noJobs(`${file} ${what}`, next);
  return /^[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)
    ? noJobs(
        `${file} is not text: it begins with the byte 0x${head[0]!.toString(16).padStart(2, '0')}`,
      )
    : undefined;
}

/** By how a manifest begins (archive/manifest.ts). */
export const mistakenManifest = (file: string, text: string): CorruptFile | undefined =>
  /^\{\s*"format"\s*:\s*\d+\s*,\s*"program"\s*:/.test(text)
    ? noJobs(
        `${file} is the manifest of a snapshot: it proves what stands in the snapshot, and holds no jobs`,
        'Give the snapshot itself: the same name without .manifest.json.',
      )
    : undefined;

export const emptyFile = (file: string): CorruptFile =>
  noJobs(
    `${file} is empty: there is no job in it`,
    'The curl-and-jq script writes an empty file when the server does not answer. Use another file.',
  );

/** An error of a file in which there is no job to go on with. */
export const noJobs = (
  what: string,
  next = 'A file of jobs is a JSON array, one JSON object per line, or YAML.',
): CorruptFile => new CorruptFile(what, { data: 'Nothing was written.', next });

/** Files of one job a line, told apart line by line: what is the same on both sides is never parsed. */
import { hash } from 'node:crypto';
import { CorruptFile } from '../../base/errors.ts';
import { type Input, inputBytes } from '../../config/input.ts';
import type { Scope } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { definitionHash, lineDefinitions } from '../archive/definition.ts';
import { asStored } from '../archive/open.ts';
import { isJob } from '../file/found.ts';
import { jsonJobs } from '../file/json-jobs.ts';
import { startOfFile } from '../file/position.ts';
import { largest } from '../file/scan.ts';

/** A job of a file: its line, from 1, and what tells it from another of its name. */
export interface JobLine {
  readonly line: number;
  readonly hash: string;
}

/** The jobs of a file by their names; null where it is not a job a line, each name once. */
export async function jobLines(
  path: string,
  scope: Scope,
): Promise<ReadonlyMap<string, JobLine> | null> {
  const read = lineDefinitions();
  const found = new Map<string, JobLine>();
  for await (const { bytes, line } of linesOf(path)) {
    if (bytes === null) return null;
    if (isBlank(bytes)) continue;
    const quick = read(bytes);
    const job = quick === null ? oneJob(bytes) : null;
    const name = quick?.name ?? job?.job.name;
    if (name === undefined || found.has(name)) return null;
    const definition = quick?.definition ?? (job && definitionHash(job.job))!;
    found.set(name, { line, hash: scope === 'definition' ? definition : textHash(bytes) });
  }
  return found.size === 0 ? null : found;
}

/** The jobs of these lines by their names. Throws CorruptFile where they are not there any more. */
export async function jobsAt(
  path: string,
  wanted: ReadonlyMap<string, JobLine>,
  scope: Scope,
): Promise<ReadonlyMap<string, Job>> {
  const names = new Map([...wanted].map(([name, { line }]) => [line, name]));
  const jobs = new Map<string, Job>();
  if (names.size === 0) return jobs;
  for await (const { bytes, line } of linesOf(path)) {
    const name = names.get(line);
    if (name === undefined) continue;
    const entry = bytes && oneJob(bytes);
    if (entry?.job.name !== name || hashOf(entry, scope) !== wanted.get(name)!.hash) break;
    jobs.set(name, scope === 'definition' ? entry.job : asStored(entry.job, entry.text).job);
  }
  if (jobs.size === names.size) return jobs;
  throw new CorruptFile(`${path} changed while it was read`, {
    data: 'Nothing can be said of it.',
    next: 'Try again when nothing writes into it.',
  });
}

/** What tells a job from another of its name. */
export const hashOf = ({ job, text }: JobText, scope: Scope): string =>
  scope === 'definition' ? definitionHash(job) : textHash(text);

const textHash = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

function oneJob(line: Uint8Array): JobText | null {
  const reader = jsonJobs('', startOfFile);
  const [found, more] = [...reader.push(line), ...reader.end()];
  return found !== undefined && more === undefined && isJob(found) ? found : null;
}

const newline = 0x0a;
const blanks = new Set([0x20, 0x09, 0x0d]);
const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => blanks.has(byte));

interface FileLine {
  /** Without the line break; null for what is longer than any job, and ends here. */
  readonly bytes: Uint8Array | null;
  /** From 1. */
  readonly line: number;
}

/** A snapshot is a file. */
const nobody: Input = (async function* () {})();

async function* linesOf(path: string): AsyncGenerator<FileLine> {
  let begun: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  const whole = (end: Uint8Array): Uint8Array => {
    const bytes = length === 0 ? end : Buffer.concat([...begun, end]);
    [begun, length] = [[], 0];
    return bytes;
  };
  for await (const chunk of inputBytes(path, nobody)) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      yield { bytes: whole(chunk.subarray(from, at)), line: line++ };
      from = at + 1;
    }
    // A copy: what waits for its end keeps no whole chunk.
    const rest = Buffer.from(chunk.subarray(from));
    begun.push(rest);
    length += rest.length;
    if (length > largest) return yield { bytes: null, line };
  }
  if (length > 0) yield { bytes: whole(new Uint8Array()), line };
}

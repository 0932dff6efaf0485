/** What stands in a line that is not what it was. */
import { isUtf8 } from 'node:buffer';
import { definitionHash } from '../archive/definition.ts';
import type { ManifestLine } from '../archive/manifest.ts';
import { isJob } from '../file/found.ts';
import { jsonJobs } from '../file/json-jobs.ts';
import { startOfFile } from '../file/position.ts';
import type { FileLine } from './lines.ts';

export interface Content {
  /** The job's name, where one can be made out. */
  readonly name: string | null;
  /** As the manifest has it; null when the line is no job that can be read. */
  readonly definition: string | null;
  /** Why it cannot be read. */
  readonly why: string | null;
}

const unknown: Content = { name: null, definition: null, why: null };

/** By the reader that a restore uses. */
export function contentOf({ text }: FileLine): Content {
  if (text === null) return unknown;
  const reader = jsonJobs('', startOfFile);
  try {
    for (const read of [() => reader.push(text), () => reader.end()])
      for (const found of read())
        return isJob(found)
          ? { name: found.job.name, definition: definitionHash(found.job), why: null }
          : { name: found.name, definition: null, why: found.why };
  } catch {
    // Too much of it is wrong to be told.
  }
  return unknown;
}

/** What can be said of it besides that it is another one; quotes nothing. */
export function remarks(line: FileLine, { definition, why }: Content, was: ManifestLine): string {
  const { text } = line;
  if (text === null) return '';
  const zero = text.indexOf(0);
  if (zero >= 0) return `; it holds zeros from byte ${line.at + zero} on`;
  if (!isUtf8(text)) return '; it is not UTF-8 any more';
  if (definition === was.definition) return '; what an operator defines of the job is as it was';
  return why === null ? '' : `; ${why}`;
}

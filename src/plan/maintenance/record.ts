/**
 * The file of a maintenance: a line that says what it is and how far it came, below it the jobs that it is about,
 * one a line, as they were before.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CorruptFile } from '../../base/errors.ts';
import { firstLine } from '../../config/first-line.ts';
import type { Job } from '../../job/job.ts';
import { serverJob } from '../../job/job-value.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';

const shape = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** "" where nobody said why. */
  why: z.string(),
  /** When its start was begun, RFC 3339. */
  at: z.iso.datetime(),
  /**
   * `starting`: its jobs are those that are to be disabled. `running`: those that it has disabled.
   * `ending`: the same, and some of them may be enabled again.
   */
  step: z.enum(['starting', 'running', 'ending']),
  /** What the journal calls the operation that began this step. */
  operation: z.string(),
  /** The name of the snapshot that was taken before that; null for none. */
  safety: z.nullable(z.string()),
  /** How many jobs it is about. */
  jobs: z.number(),
});

/** What a maintenance is, without its jobs. */
export type Maintenance = Omit<z.infer<typeof shape>, 'format'>;

/** With its jobs, as they were before. */
export interface MaintenanceRecord extends Omit<Maintenance, 'jobs'> {
  readonly jobs: readonly Job[];
}

export function* recordText({ jobs, ...head }: MaintenanceRecord): Generator<string> {
  const { id, name, why, at, step, operation, safety } = head;
  const count = jobs.length;
  yield `${JSON.stringify({ format: 1, id, name, why, at, step, operation, safety, jobs: count })}\n`;
  for (const job of jobs) yield `${stringifyJson(job)}\n`;
}

/** Reads the first line only. Throws CorruptFile, and rejects as the file system does. */
export async function readHead(path: string): Promise<Maintenance> {
  const read = shape.safeParse(await firstLine(path));
  if (!read.success) throw corrupt(path);
  const { format: _, ...head } = read.data;
  return head;
}

/** Throws CorruptFile, and rejects as the file system does. */
export async function readRecord(path: string): Promise<MaintenanceRecord> {
  const head = await readHead(path);
  const lines = (await readFile(path, 'utf8')).split('\n').slice(1, -1);
  if (lines.length !== head.jobs) throw corrupt(path);
  return { ...head, jobs: lines.map((line) => jobIn(line, path)) };
}

function jobIn(line: string, path: string): Job {
  try {
    const read = serverJob(parseJson(line));
    if ('job' in read) return read.job;
  } catch {
    // It is told below.
  }
  throw corrupt(path);
}

const corrupt = (path: string): CorruptFile =>
  new CorruptFile(`${path} is not a maintenance of this program`, {
    data: 'Nothing was changed. Which jobs it has disabled cannot be told from it; the journal tells.',
    next: "'dkron-tui journal' lists what was disabled, and 'dkron-tui undo' enables it; 'maintenance forget' removes the file.",
  });

/**
 * The rows that a console showed last of a cluster, as many as a screen and its neighbourhood have: shown
 * at once when one comes back, with their age. They are rows and no jobs: of a job they have what the
 * table shows, nothing that it sends, and nothing that anybody wrote into it but its name and schedule.
 */
import { open } from 'node:fs/promises';
import * as z from 'zod/mini';
import { writeWhole } from '../config/whole-file.ts';
import type { Job, JobFacts } from '../job/job.ts';
import { serverJob } from '../job/job-value.ts';

export interface LastSeen {
  /** When they were read, ms since the epoch. */
  readonly at: number;
  /** How many jobs there were. */
  readonly count: number;
  /** The first of them, as the table had them: all other fields are as of a job that says nothing. */
  readonly jobs: readonly Job[];
}

/** Of the table's order from its top: a screen of a large terminal, and those that one goes on to meanwhile. */
export const mostRows = 150;
/** What is longer is no file of ours, bytes. */
const mostBytes = 512 * 1024;
/** A longer text is not shown as it is anyhow. */
const mostLetters = 256;

const version = 1;

const text = z.string().check(z.maxLength(mostLetters));
const rowShape = z.object({
  name: text,
  schedule: text,
  timezone: text,
  owner: text,
  disabled: z.boolean(),
  parent_job: text,
  executor: text,
  status: text,
  success_count: z.number(),
  error_count: z.number(),
  last_success: z.nullable(text),
  last_error: z.nullable(text),
  next: text,
});
const shape = z.object({
  version: z.literal(version),
  at: z.number(),
  count: z.number(),
  rows: z.array(rowShape).check(z.maxLength(mostRows)),
});

/** Throws OperatorError when the disk refuses. */
export async function keepLastSeen(path: string, { at, count, jobs }: LastSeen): Promise<void> {
  await writeWhole(path, JSON.stringify({ version, at, count, rows: rowsOf(jobs) }));
}

/** What of jobs comes back once they were kept. */
export const asKept = (jobs: readonly JobFacts[]): Job[] => jobsOf(rowsOf(jobs));

function rowsOf(jobs: readonly JobFacts[]) {
  const fields = z.keyof(rowShape).options;
  return jobs
    .slice(0, mostRows)
    .map((job) => Object.fromEntries(fields.map((field) => [field, job[field]])))
    .filter((row) => rowShape.safeParse(row).success);
}

const jobsOf = (rows: readonly Readonly<Record<string, unknown>>[]): Job[] =>
  rows.map(serverJob).flatMap((read) => ('job' in read ? [read.job] : []));

/** Null where there are none that can be read: live ones will be here in a moment anyhow. */
export async function readLastSeen(path: string): Promise<LastSeen | null> {
  const parsed = shape.safeParse(jsonOf(await startOf(path).catch(() => '')));
  if (!parsed.success) return null;
  const { at, count, rows } = parsed.data;
  return { at, count, jobs: jobsOf(rows) };
}

/** However long it is, no more of it than may be there. */
async function startOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}

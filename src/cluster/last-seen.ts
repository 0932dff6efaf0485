/** The rows that a console showed last of a cluster: shown at once when one comes back, with their age. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UnreadableJob } from '../base/errors.ts';
import { writeWhole } from '../config/whole-file.ts';
import { parseJob } from '../dkron/list.ts';
import type { JobText } from '../job/job.ts';

export interface LastSeen {
  /** When they were read, ms since the epoch. */
  readonly at: number;
  readonly jobs: readonly JobText[];
}

const shape = z.object({ at: z.number(), jobs: z.array(z.string()) });

/** More is not worth its time when a console is left, bytes of text. */
const most = 30_000_000;

/** Throws OperatorError when the disk refuses. What is too much is not kept. */
export async function keepLastSeen(path: string, { at, jobs }: LastSeen): Promise<void> {
  const size = jobs.reduce((sum, { text }) => sum + text.length, 0);
  if (size > most) return;
  await writeWhole(path, JSON.stringify({ at, jobs: jobs.map(({ text }) => text) }));
}

/** Null where there are none that can be read: they will be here in a moment anyhow. */
export async function readLastSeen(path: string): Promise<LastSeen | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const parsed = text === null ? null : shape.safeParse(jsonOf(text));
  if (!parsed?.success) return null;
  const { at, jobs } = parsed.data;
  return { at, jobs: jobs.flatMap(jobOf) };
}

function jobOf(text: string): JobText[] {
  try {
    return [parseJob('what was seen last', text)];
  } catch (error) {
    if (error instanceof UnreadableJob) return [];
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a watch knows, on disk: the jobs and the events that wait to be told are one file, whole or not at all. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CorruptFile } from '../../base/errors.ts';
import { jsonOf } from '../../base/json.ts';
import { fileError } from '../../config/files.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { type Known, kinds, type WatchState } from './model.ts';

const version = 1;

const kind = z.enum(kinds);
const count = z.number();
const text = z.string();
const outcome = z.enum(['never', 'well', 'failed']);
const episode = z.object({ told: z.array(kind), ends: count, next: text, key: text });
const known = z.object({
  outcome,
  successes: count,
  errors: count,
  episode: z.optional(episode),
  pace: z.optional(z.object({ read: count, ends: count, slow: z.boolean() })),
});
const event = z.object({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  kind,
  job: text,
  at: count,
  why: text,
  seen: count,
});
const shape = z.object({
  version: z.literal(version),
  id: z.string().check(z.regex(/^[a-z0-9]{1,32}$/)),
  count,
  since: count,
  jobs: z.array(z.tuple([text, known])),
  pending: z.array(event),
});

/** Null where there is none. Throws CorruptFile for what is none of ours, OperatorError. */
export async function readState(path: string): Promise<WatchState | null> {
  let written: string;
  try {
    written = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileError(path, 'read', error);
  }
  const parsed = shape.safeParse(jsonOf(written));
  if (!parsed.success)
    throw new CorruptFile(`${path} is not what a watch has written`, {
      data: 'Nothing was told, and nothing was written.',
      next: 'Move it away: the next look is then the first one, which tells nothing.',
    });
  const { version: _, jobs, ...rest } = parsed.data;
  return { ...rest, jobs: new Map<string, Known>(jobs) };
}

/** Throws OperatorError when the disk refuses. */
export const writeState = (path: string, { jobs, ...rest }: WatchState): Promise<void> =>
  writeWhole(path, JSON.stringify({ version, ...rest, jobs: [...jobs] }), { flush: true });

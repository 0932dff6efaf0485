/** A job's definitions in the text of a plan. */
import * as z from 'zod/mini';
import { tooMuch } from '../../job/bounds.ts';
import { changesOf } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { definedJob, sentenceOf, serverJob } from '../../job/job-value.ts';
import { keptOf } from '../../job/lint/kept.ts';
import { wholeJob } from '../../job/zero.ts';
import { checkJson } from '../../json/check.ts';
import { parseJson } from '../../json/numbers.ts';
import type { RestoreItem } from '../model.ts';

/** What is wrong in a line; `column` in the text that was to be read, from 1, where that is known. */
export class BadLine extends Error {
  readonly column: number | null;

  constructor(message: string, column: number | null = null) {
    super(message);
    this.column = column;
  }
}

const kind = z.enum(['same', 'change', 'new', 'delete', 'blocked', 'only-here']);

const shape = z.looseObject({
  name: z.string(),
  kind,
  why: z.string(),
  was: z.unknown(),
  wanted: z.optional(z.unknown()),
  children: z.array(z.string()),
  places: z.optional(z.array(z.object({ file: z.string(), line: z.number(), column: z.number() }))),
  moved: z.optional(z.object({ kind, base: z.unknown() })),
});

/** Makes an item of what stands behind `definition`. Throws BadLine. */
export function readDefinition(text: string): RestoreItem {
  const read = shape.safeParse(jsonIn(text));
  if (!read.success) {
    const field = read.error.issues[0]?.path.join('.') || 'it';
    throw new BadLine(
      `this is no definition as this program writes it: ${field} is missing or wrong`,
    );
  }
  const { was, wanted, places, moved, name, ...rest } = read.data;
  const seen = jobOf('was', name, was);
  const job = places === undefined ? wantedIn(name, wanted, seen) : wholeJob({ name });
  if (job === null)
    throw new BadLine(`the definition of ${name} has no "wanted", and no job in "was"`);
  const isCompared = seen !== null && places === undefined && moved?.kind !== 'delete';
  return {
    ...rest,
    name,
    job,
    seen,
    changes: isCompared ? changesOf(seen, keptOf(job).job) : [],
    ...(places && { places }),
    ...(moved && { moved: { kind: moved.kind, base: jobOf('base', name, moved.base) } }),
  };
}

/** As a server gave it; null for none. */
const jobOf = (field: string, name: string, value: unknown): Job | null =>
  value === null ? null : jobAs(field, name, value, serverJob);

const wantedIn = (name: string, wanted: unknown, seen: Job | null): Job | null =>
  wanted === undefined ? seen : jobAs('wanted', name, wanted, wantedJob);

/** What an operator may have edited: refused as in any other file; what Dkron counts stays as it was. */
function wantedJob(value: unknown): ReturnType<typeof definedJob> {
  const defined = definedJob(value);
  return 'wrong' in defined ? defined : { job: wholeJob(value as Record<string, unknown>) };
}

function jobAs(
  field: string,
  name: string,
  value: unknown,
  read: (value: unknown) => ReturnType<typeof definedJob>,
): Job {
  const found = read(value);
  if ('wrong' in found) throw new BadLine(`in ${field} of ${name} ${sentenceOf(found.wrong)}`);
  if (found.job.name === name) return found.job;
  throw new BadLine(`${field} is the job ${found.job.name}, and the definition is that of ${name}`);
}

/** Throws BadLine for what is no JSON, or too much to be worked with. */
export function jsonIn(text: string): unknown {
  const excess = tooMuch(text);
  if (excess !== undefined) throw new BadLine(`this ${excess}`);
  const problem = checkJson(text);
  if (problem !== null) throw new BadLine(`not JSON: ${problem.message}`, problem.offset + 1);
  return parseJson(text);
}

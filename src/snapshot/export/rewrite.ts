/** The file of a job, changed to what the job is now. */
import { own } from '../../base/own.ts';
import { diffJobs, type FieldChange } from '../../job/compare.ts';
import { neatFields } from '../../job/file/neat.ts';
import { editedYaml, type YamlEdit } from '../../job/file/yaml-edit.ts';
import type { Fields } from '../../job/file/yaml-fields.ts';
import type { Job } from '../../job/job.ts';
import { valueAt } from '../../job/merge.ts';
import { isMap } from '../../job/shape.ts';
import { spacedLike } from '../../job/spaced-like.ts';
import { closeBody } from '../../json/layout.ts';
import { isJob } from '../file/found.ts';
import { startOfFile } from '../file/position.ts';
import { yamlJobs } from '../file/yaml-jobs.ts';

/**
 * How a job differs from what its file says. White space in bodies is no difference, nor is a field that
 * the server does not show at all: it does not keep it.
 */
export const differences = (held: Job, job: Job): FieldChange[] =>
  diffJobs(spacedLike(held, job), job).filter(({ keys: [field = ''] }) =>
    Object.hasOwn(job, field),
  );

/** The text with these fields changed and the rest as it is; null where that cannot be done surely. */
export function rewritten(
  { text, job: held }: { readonly text: string; readonly job: Job },
  job: Job,
): string | null {
  const fields = neatFields(job);
  const edits = differences(held, job).map(
    ({ keys }): YamlEdit => ({
      keys,
      value: keptSpacing(valueAt(held, keys), writtenAt(fields, keys)),
    }),
  );
  for (const candidate of editedYaml(text, edits)) {
    const read = jobOf(candidate);
    if (read && differences(read, job).length === 0) return candidate;
  }
  return null;
}

/** What stands in a file for this value; undefined where it says nothing. */
function writtenAt(fields: Fields, [field = '', key]: readonly string[]): unknown {
  const value = own(fields, field);
  if (key === undefined) return value;
  return isMap(value) ? own(value, key) : undefined;
}

/** A body that somebody laid out keeps their white space. */
const keptSpacing = (before: unknown, now: unknown): unknown =>
  typeof before === 'string' && typeof now === 'string' && /^\s*[{[]/.test(before)
    ? closeBody(before, now)
    : now;

/** The one job of a text; null where it is not one. */
function jobOf(text: string): Job | null {
  const reader = yamlJobs('', startOfFile);
  const [only, another] = [...reader.push(Buffer.from(text)), ...reader.end()];
  return only && isJob(only) && !another ? only.job : null;
}

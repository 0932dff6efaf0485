/** The fields of a job as texts to edit: which there are, what each holds, the job with another value. */

import { settingsOf } from '../../job/executors.ts';
import type { FieldPath } from '../../job/field-path.ts';
import { isBody, pathOf } from '../../job/field-path.ts';
import { fields } from '../../job/fields.ts';
import type { Job } from '../../job/job.ts';
import { valueAt, withValue } from '../../job/merge.ts';
import { textual } from '../../job/values/value-editor.ts';
import { valueEditor } from '../../job/values/values.ts';
import { closeBody, openBody } from '../../json/layout.ts';
import { memo } from '../../view/memo.ts';

/** Everything an operator may edit, in the order of the fields table; settings one by one. */
export function editablePaths(job: Job): FieldPath[] {
  return fields
    .filter(({ owner, name }) => owner === 'operator' && name !== 'name')
    .flatMap(({ name }): FieldPath[] => {
      if (name !== 'executor_config') return [[name]];
      const known = settingsOf(job.executor)?.map((setting) => setting.name) ?? [];
      const settings = new Set([...known, ...Object.keys(job.executor_config ?? {})]);
      return [...settings].map((setting) => [name, setting]);
    });
}

/** Laying out 200 KB takes a tenth of a second, and every key asks for it. */
const shownBody = memo((stored: string): string => openBody(stored).shown);

/** The value as the text that is edited. */
export function textAt(job: Job, keys: FieldPath): string {
  const value = valueAt(job, keys);
  if (isBody(keys)) return shownBody(String(value ?? ''));
  return valueEditor(keys, job)?.print(value) ?? '';
}

/** The job with what the text means, or in plain words why it means nothing. */
export function jobWith(
  job: Job,
  keys: FieldPath,
  text: string,
): { readonly job: Job } | { readonly error: string } {
  if (isBody(keys)) {
    const stored = String(valueAt(job, keys) ?? '');
    return { job: changed(job, keys, closeBody(stored, text)) };
  }
  const parsed = valueEditor(keys, job)?.parse(text);
  if (parsed === undefined) return { error: `${pathOf(keys)} is Dkron's own` };
  return 'error' in parsed ? parsed : { job: changed(job, keys, parsed.value) };
}

/** A setting without a value is removed. */
const changed = (job: Job, keys: FieldPath, value: unknown): Job =>
  withValue(job, keys, keys.length > 1 && value === '' ? undefined : value);

const severalLines = new Set(['script', 'map', 'headers', 'body', 'json']);

/** Whether Enter starts a new line in it, or saves. */
export const isLong = (job: Job, keys: FieldPath): boolean =>
  severalLines.has(valueEditor(keys, job)?.kind ?? 'text');

/** What there is to choose from in a field that is chosen, not typed. */
export interface Choices {
  readonly values: readonly string[];
  /** Anything else may stand there too, and is typed. */
  readonly open: boolean;
}

/** Null for what is typed. */
export function choicesAt(job: Job, keys: FieldPath): Choices | null {
  const { kind, choices } = valueEditor(keys, job) ?? textual('text');
  if (choices.length === 0) return null;
  if (kind === 'flag' || kind === 'choice') return { values: choices, open: false };
  return kind === 'text' ? { values: choices, open: true } : null;
}

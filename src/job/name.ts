/** Why Dkron refuses a job's name (job.go isSlug), in its own words, or undefined. */
import { withoutEnds } from '../base/trimmed.ts';

export function nameProblem(name: string): string | undefined {
  if (name === '') return 'name cannot be empty';
  const [illegal] = /[^\p{Ll}0-9_-]/u.exec(name) ?? [];
  return illegal && `name contains illegal character '${illegal}'`;
}

/** The nearest name that Dkron allows; undefined where nothing is left of it. */
export function allowedName(name: string): string | undefined {
  const allowed = withoutEnds(name.toLowerCase().replace(/[^\p{Ll}0-9_-]+/gu, '-'), /-/);
  return allowed === '' ? undefined : allowed;
}

/** A job as a YAML file for git: what its operator defines, and nothing that says nothing. */
import { diffJobs } from '../compare.ts';
import { fieldOf, fields } from '../fields.ts';
import type { Job } from '../job.ts';
import { isMap } from '../shape.ts';
import { wholeJob } from '../zero.ts';
import { shown } from './yaml.ts';
import type { Fields } from './yaml-fields.ts';
import { printYaml } from './yaml-text.ts';

/**
 * The fields by which a job differs from one that was left as Dkron makes it, in the order of the
 * fields table, the names inside them in their own. JSON in the executor's settings is laid out.
 */
export function neatFields(job: Job): Fields {
  const told = new Set(diffJobs(nothing, job).map(({ keys: [field = ''] }) => field));
  const order = new Set(['name', ...fields.map(({ name }) => name), ...told]);
  const names = [...order].filter((name) => name === 'name' || told.has(name));
  return Object.fromEntries(names.map((name) => [name, neatValue(name, job[name])]));
}

/** The same as the text of a file; `apply` makes the same job of it. */
export const neatYaml = (job: Job): string => printYaml(neatFields(job));

function neatValue(name: string, value: unknown): unknown {
  const field = fieldOf(name);
  return field ? inOrder(shown(name, field.type, value)) : value;
}

const nothing = wholeJob({});

const inOrder = (value: unknown): unknown =>
  isMap(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, inOrder(inner)]),
      )
    : value;

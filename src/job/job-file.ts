/** Jobs written into files by hand, for `apply`. */
import { parseJson } from '../base/json.ts';
import { isOperators } from './fields.ts';
import type { Job } from './job.ts';
import { checkJson } from './json-check.ts';
import { offsetInJson } from './json-path.ts';
import { isMap } from './shape.ts';
import { wholeJob } from './whole.ts';
import { errorsAt, type Fields, misshapenIn, readFields } from './yaml-fields.ts';
import { type FileError, type FileValue, readYaml } from './yaml-text.ts';

/**
 * The jobs of a file: one, a list, or several YAML documents. A file is JSON by its name, or when it
 * has neither name and begins like it. What Dkron decides itself is left out; what the file leaves
 * out has Dkron's own value for none. All that is wrong with the file is told at once.
 */
export function jobsFromText(
  text: string,
  filename: string,
): { readonly jobs: readonly Job[] } | { readonly errors: readonly FileError[] } {
  const isJson =
    /\.json$/i.test(filename) || (!/\.ya?ml$/i.test(filename) && /^\s*[{[]/.test(text));
  const read = isJson ? readJson(text.replace(/^\ufeff/, '')) : readYaml(text);
  if (read.errors.length > 0) return { errors: read.errors };
  const errors: FileError[] = [];
  const jobs = new Map<string, Job>();
  for (const item of read.documents.flatMap(itemsOf)) {
    const { given, wrong } = fieldsOf(item, isJson);
    const job = wholeJob(given);
    errors.push(...wrong);
    if (wrong.length > 0) continue;
    if (jobs.has(job.name))
      errors.push({ ...item.place(['name']), message: `${job.name} stands in the file twice` });
    jobs.set(job.name, job);
  }
  if (jobs.size === 0 && errors.length === 0)
    errors.push({ line: 1, column: 1, message: 'there is no job in the file' });
  return errors.length > 0 ? { errors } : { jobs: [...jobs.values()] };
}

function readJson(text: string): {
  readonly documents: readonly FileValue[];
  readonly errors: readonly FileError[];
} {
  const problem = checkJson(text);
  if (problem) return { documents: [], errors: [problem] };
  const place: FileValue['place'] = (keys) => {
    const lines = text.slice(0, offsetInJson(text, keys)).split('\n');
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  };
  return { documents: [{ value: parseJson(text), place }], errors: [] };
}

/** The jobs of a document; an empty one has none. */
function itemsOf({ value, place }: FileValue): FileValue[] {
  if (value === null) return [];
  if (!Array.isArray(value)) return [{ value, place }];
  return value.map((item: unknown, index) => ({
    value: item,
    place: (keys) => place([index, ...keys]),
  }));
}

function fieldsOf(
  { value, place }: FileValue,
  isJson: boolean,
): { readonly given: Fields; readonly wrong: readonly FileError[] } {
  if (!isMap(value)) return { given: {}, wrong: [{ ...place([]), message: 'this is no job' }] };
  const own = Object.fromEntries(Object.entries(value).filter(([name]) => isOperators(name)));
  const { given, misshapen } = isJson
    ? { given: own, misshapen: misshapenIn(own) }
    : readFields(own);
  const wrong = errorsAt(place, misshapen);
  return given['name'] || wrong.length > 0
    ? { given, wrong }
    : { given, wrong: [{ ...place([]), message: 'this job has no name' }] };
}

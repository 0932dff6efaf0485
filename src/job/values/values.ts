import { parseJson, stringifyJson } from '../../json/numbers.ts';
import { zones } from '../../schedule/zone.ts';
import { executorNames } from '../executors.ts';
import type { Kin } from '../family.ts';
import { type Field, fieldOf } from '../fields.ts';
import type { Job } from '../job.ts';
import { parentsFor } from '../parent.ts';
import { shapeProblem } from '../shape.ts';
import { mapText, readJson, readMap } from './map-text.ts';
import { settingEditor } from './settings.ts';
import { textual, type ValueEditor } from './value-editor.ts';

/**
 * The editor for a value of a job: a field, or one key of a map, named as in a diff:
 * `['executor_config', 'timeout']`. `jobs` are all jobs of the server, which a parent is chosen
 * from. Undefined for what Dkron decides itself.
 */
export function valueEditor(
  [name = '', ...keys]: readonly string[],
  job: Job,
  jobs: Iterable<Kin> = [],
): ValueEditor | undefined {
  const field = fieldOf(name);
  if (field === undefined) return jsonEditor;
  if (field.owner === 'server') return undefined;
  if (keys.length === 0) return editors[name]?.(job, jobs) ?? shaped(field);
  if (name === 'executor_config') return settingEditor(job, keys.join('.'));
  return field.type === 'maps' && keys.length === 1
    ? shaped({ ...field, type: 'map' })
    : textual('text');
}

const editors: Readonly<Record<string, (job: Job, jobs: Iterable<Kin>) => ValueEditor>> = {
  schedule: () => textual('schedule'),
  timezone: () => textual('zone', zones),
  parent_job: ({ name }, jobs) => textual('parent', parentsFor(name, jobs)),
  executor: () => textual('text', executorNames),
  concurrency: () => textual('choice', ['allow', 'forbid']),
};

/** How the values of a type are printed and read; what is read is then held against the type. */
const types: Readonly<Record<Exclude<Field['type'], 'names'>, ValueEditor>> = {
  text: textual('text'),
  flag: {
    kind: 'flag',
    choices: ['true', 'false'],
    print: (value) => String(value === true),
    parse: (text) => ({ value: flags.get(text.trim().toLowerCase()) ?? text }),
  },
  count: {
    kind: 'number',
    choices: [],
    print: (value) => stringifyJson(value ?? 0),
    parse: (text) => ({
      value: /^\d+$/.test(text.trim()) ? parseJson(String(BigInt(text))) : text,
    }),
  },
  time: {
    ...textual('time'),
    parse: (text) => ({ value: text.trim() === '' ? null : text.trim() }),
  },
  map: { kind: 'map', choices: [], print: mapText, parse: readMap },
  maps: {
    kind: 'json',
    choices: [],
    print: (value) => (mapText(value) === '' ? '' : stringifyJson(value, 2)),
    parse: (text) => (text.trim() === '' ? { value: {} } : readJson(text)),
  },
};

const flags = new Map([
  ...['true', 'yes', 'on', '1'].map((text) => [text, true] as const),
  ...['false', 'no', 'off', '0'].map((text) => [text, false] as const),
]);

function shaped(field: Field): ValueEditor {
  const editor = field.type === 'names' ? types.text : types[field.type];
  return {
    ...editor,
    parse(text) {
      const parsed = editor.parse(text);
      const problem = 'error' in parsed ? undefined : shapeProblem(field, parsed.value);
      return problem ? { error: `${problem.keys.join('.')} ${problem.text}` } : parsed;
    },
  };
}

/** A field of a Dkron newer than this table: any JSON. */
const jsonEditor: ValueEditor = {
  kind: 'json',
  choices: [],
  print: (value) => stringifyJson(value ?? null, 2),
  parse: readJson,
};

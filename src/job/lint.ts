import { compareVersions } from '../schedule/features.ts';
import { parseSchedule, zoneError } from '../schedule/index.ts';
import { type Setting, settingsOf } from './executors.ts';
import { fields } from './fields.ts';
import { readHeaders } from './headers.ts';
import type { Job } from './job.ts';
import { holdsJson } from './json-check.ts';
import { settingProblems } from './lint-setting.ts';
import { nameProblem } from './name.ts';
import type { Problem } from './problem.ts';
import { shapeProblem } from './shape.ts';
import { wholeJob } from './whole.ts';

interface Server {
  /** Without one the newest Dkron is meant. */
  readonly version?: string;
}

/**
 * What is wrong with a job before it is sent, in the order of its fields: what Dkron would refuse
 * (job.go Validate, and its JSON decoder), and what it takes though it cannot be meant.
 */
export function lintJob(job: Job, { version }: Server = {}): Problem[] {
  const whole = wholeJob(job);
  const operators = fields.filter(({ owner }) => owner === 'operator');
  const misshapen = operators.flatMap((field) => shapeProblem(field, whole[field.name]) ?? []);
  if (misshapen.length > 0) return misshapen.map(({ keys, text }) => error(keys.join('.'), text));
  return operators.flatMap(({ name, since }) => [
    ...tooOld(name, since, whole[name], version),
    ...(fieldChecks[name]?.(whole, version) ?? []),
  ]);
}

const error = (path: string, text: string): Problem => ({ path, level: 'error', text });
const warning = (path: string, text: string): Problem => ({ path, level: 'warning', text });

function tooOld(
  path: string,
  since: string | undefined,
  value: unknown,
  version: string | undefined,
): Problem[] {
  if (since === undefined || version === undefined || compareVersions(version, since) >= 0)
    return [];
  const unset = value === undefined || value === null || value === false || value === '';
  return unset ? [] : [warning(path, `Dkron ${version} ignores it; it came with ${since}`)];
}

type FieldCheck = (job: Job, version?: string) => Problem[];

const fieldChecks: Readonly<Record<string, FieldCheck>> = {
  name: ({ name }) => {
    const wrong = nameProblem(name);
    return wrong === undefined ? [] : [error('name', wrong)];
  },
  schedule: ({ name, schedule, timezone, parent_job }, version) => {
    const context = { name, timezone, hasParent: parent_job !== '' };
    const parsed = parseSchedule(
      schedule,
      version === undefined ? context : { ...context, version },
    );
    // Without a place in the schedule it is the time zone that is wrong, which has its own check.
    return parsed.valid || !parsed.where ? [] : [error('schedule', parsed.error)];
  },
  timezone: ({ timezone }) => {
    const wrong = zoneError(timezone);
    return wrong === undefined ? [] : [error('timezone', wrong)];
  },
  parent_job: ({ name, parent_job }) =>
    parent_job !== '' && parent_job === name
      ? [error('parent_job', 'the job can not have itself as parent')]
      : [],
  executor: ({ executor }) =>
    executor === '' ? [warning('executor', 'without an executor every run fails')] : [],
  executor_config: ({ executor, executor_config }, version) => {
    const settings = settingsOf(executor);
    if (!settings) return [];
    const config = new Map(Object.entries(executor_config ?? {}));
    return [
      ...settings.flatMap((setting) => checkSetting(setting, config, version)),
      ...[...config.keys()].flatMap((name) => checkName(name, executor, settings)),
      ...(executor === 'http' ? checkHttp(config) : []),
      ...(executor === 'shell' ? checkShell(config) : []),
    ];
  },
  concurrency: ({ concurrency }) =>
    ['', 'allow', 'forbid'].includes(concurrency)
      ? []
      : [error('concurrency', 'invalid concurrency policy value, use "allow" or "forbid"')],
};

type Config = ReadonlyMap<string, string>;

const at = (name: string): string => `executor_config.${name}`;

function checkSetting(
  { name, kind, required, since }: Setting,
  config: Config,
  version: string | undefined,
): Problem[] {
  const value = config.get(name) ?? '';
  if (value === '') return required ? [warning(at(name), 'is empty: every run fails')] : [];
  const old = tooOld(at(name), since, value, version);
  if (old.length > 0) return old;
  return settingProblems(kind, value).map(({ level, text }) => ({ path: at(name), level, text }));
}

function checkName(name: string, executor: string, settings: readonly Setting[]): Problem[] {
  if (settings.some((known) => known.name === name)) return [];
  const meant = settings.find((known) => known.name.toLowerCase() === name.toLowerCase());
  const hint = meant ? `; it is written ${meant.name}` : '';
  return [warning(at(name), `the ${executor} executor does not know it${hint}`)];
}

function checkHttp(config: Config): Problem[] {
  const setting = (name: string): string => config.get(name) ?? '';
  const problems: Problem[] = [];
  if (setting('expectCode') === '')
    problems.push(warning(at('expectCode'), 'is empty: any status is a success, even 500'));
  const headers = readHeaders(setting('headers'));
  const typed = headers?.some(({ name }) => name.toLowerCase() === 'content-type');
  if (holdsJson(setting('body')) && typed === false)
    problems.push(
      warning(at('headers'), 'name no Content-Type for the JSON body: Dkron adds none'),
    );
  return problems;
}

function checkShell(config: Config): Problem[] {
  const inShell = /^(1|t|T|TRUE|true|True)$/.test(config.get('shell') ?? '');
  const unquoted = (config.get('command') ?? '').replace(/\\.|'[^']*'|"[^"]*"/gs, '');
  const [stop] = /[;|&<>]/.exec(unquoted) ?? [];
  return inShell || stop === undefined
    ? []
    : [
        warning(
          at('command'),
          `without shell: true Dkron runs only what stands before the ${stop}`,
        ),
      ];
}

/** Every command that changes jobs, tried with every rule of the checks: what is wrong is told there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it, test } from 'vitest';
import { addCommands } from '../../src/cli/commands.ts';
import { leavingOn } from '../../src/cli/leaving.ts';
import { createProgram } from '../../src/cli/program.ts';
import { createLogFile } from '../../src/config/log-file.ts';
import { demoNode } from '../../src/demo/node.ts';
import { diffJobs } from '../../src/job/compare.ts';
import { families } from '../../src/job/family.ts';
import type { Job } from '../../src/job/job.ts';
import { type Finding, findingWords, type Rule } from '../../src/job/lint/finding.ts';
import { checkJob } from '../../src/job/lint/lint.ts';
import { parentsOf } from '../../src/job/parent.ts';
import { jobFrom } from '../../src/job/templates.ts';
import { instantFromMillis } from '../../src/schedule/index.ts';
import { everyFlaw, type Flaw, name } from '../support/flaws.ts';
import { type Fresh, fresh } from './fresh.ts';
import { places, type Ran, run } from './run.ts';

interface Door {
  /** What the server has before. */
  readonly there: (flaw: Flaw) => readonly Job[];
  /** The command as far as the flaw goes, and what is piped into it. */
  readonly say: (flaw: Flaw, rule: Rule) => readonly string[];
  readonly pipe?: (flaw: Flaw) => string;
  readonly before?: (server: Fresh) => Promise<unknown>;
  /** What its last words are where it may write nothing, for people and for programs. */
  readonly dry?: readonly string[];
  /** The name of the job that it makes. */
  readonly makes?: (rule: Rule) => string;
  readonly not: (rule: Rule, found: Finding) => boolean;
}

const isSchedule = ({ path }: Finding): boolean => path === 'schedule' || path === 'timezone';
/** What no server has, since each refuses it or drops it. */
const isNowhere = (rule: Rule, { level }: Finding): boolean => level === 'error' || lost.has(rule);
const lost = new Set<Rule>(['field-unknown', 'field-case', 'count-cut', 'not-unicode']);
/** What an option cannot say: its words mean no such value, and it says so itself. */
const unsaid = new Set<Rule>(['field-unknown', 'field-case', 'not-unicode', 'shape']);

const options = (before: Job, after: Job): string[] =>
  diffJobs(before, after)
    .filter(({ path }) => path !== 'name')
    .flatMap(({ path, after }) =>
      after === '' ? ['--unset', path] : ['--set', `${path}=${after === '""' ? '' : after}`],
    );

const folder = mkdtempSync(join(tmpdir(), 'cli-doors-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(jobs: readonly Job[]): string {
  const path = join(folder, 'jobs.json');
  writeFileSync(path, JSON.stringify(jobs));
  return path;
}

const dry = ['--dry-run'];
const newName = (rule: Rule): string => (rule === 'name' ? 'Job' : 'copy');

const doors = {
  create: {
    there: ({ others }) => others,
    say: ({ job }) => [
      ...['create', job.name, '--template', 'shell'],
      ...options(jobFrom('shell', name), job),
    ],
    dry,
    makes: (rule) => (rule === 'name' ? 'Job' : name),
    // The child of what does not exist yet is not there either.
    not: (rule) => unsaid.has(rule) || rule === 'parent-circle',
  },
  edit: {
    there: ({ sound, others }) => [sound, ...others],
    say: ({ sound, job }) => ['edit', name, ...options(sound, job)],
    dry,
    not: (rule) => unsaid.has(rule) || rule === 'name',
  },
  'set-schedule': {
    there: ({ sound, others }) => [sound, ...others],
    say: ({ job }) => ['set-schedule', name, job.schedule, '--timezone', job.timezone],
    not: (_rule, found) => !isSchedule(found),
  },
  apply: {
    there: () => [],
    say: () => ['apply', '-'],
    pipe: ({ job, others }) => JSON.stringify([job, ...others]),
    dry,
    makes: (rule) => (rule === 'name' ? 'Job' : name),
    // Such a text is not read as a job at all.
    not: (rule) => rule === 'shape',
  },
  restore: {
    there: () => [],
    say: ({ job, others }) => ['restore', fileOf([job, ...others])],
    dry,
    makes: (rule) => (rule === 'name' ? 'Job' : name),
    not: (rule) => rule === 'shape',
  },
  clone: {
    there: ({ job, sound, others }) => [...others, job.name === name ? job : sound],
    say: (_flaw, rule) => ['clone', name, newName(rule)],
    dry,
    makes: newName,
    not: (rule, found) => isNowhere(rule, found) && rule !== 'name',
  },
  rename: {
    there: ({ job, sound, others }) => [...others, job.name === name ? job : sound],
    say: (_flaw, rule) => ['rename', name, newName(rule)],
    dry,
    makes: newName,
    not: (rule, found) => isNowhere(rule, found) && rule !== 'name',
  },
  enable: {
    there: ({ job, others }) => [...others, { ...job, disabled: true }],
    say: () => ['enable', name],
    dry,
    not: isNowhere,
  },
  maintenance: {
    there: ({ job, others }) => [...others, { ...job, disabled: false }],
    before: ({ dkron }) => dkron('maintenance', 'start', name, '--yes'),
    say: () => ['maintenance', 'end'],
    dry,
    not: isNowhere,
  },
  undo: {
    there: ({ job, others }) => [...others, job],
    before: ({ dkron }) => dkron('delete', name, '--yes'),
    say: () => ['undo'],
    dry,
    not: isNowhere,
  },
  schedule: {
    there: () => [],
    say: ({ job }) => [
      ...['schedule', 'next', '--name', name, '--timezone', job.timezone],
      ...['--', job.schedule],
    ],
    not: (rule, found) => !isSchedule(found) || rule === 'unused',
  },
  lint: {
    there: ({ job, others }) => [...others, job],
    say: () => ['lint', name, '--level', 'note'],
    not: isNowhere,
  },
  job: {
    there: ({ job, others }) => [...others, job],
    say: () => ['job', name],
    // It asks for one job, and not for the nodes.
    not: (rule, found) =>
      isNowhere(rule, found) || ['tags-nowhere', 'tags-few', 'parent-disabled'].includes(rule),
  },
} satisfies Record<string, Door>;

const foundIn = (rule: Rule, { job, others, version }: Flaw, as: string): Finding | undefined =>
  checkJob(
    { ...job, name: as },
    {
      now: instantFromMillis(Date.now()),
      version: version ?? '4.1.2',
      nodes: [demoNode().tags],
      parents: parentsOf([{ ...job, name: as }, ...others]),
      jobs: new Map(others.map((one) => [one.name, one])),
    },
  ).find((each) => each.rule === rule);

const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`.replace(/\s+/g, ' ');

/** The findings in what a program reads, wherever they stand. */
function findingsIn({ stdout, stderr }: Ran): Finding[] {
  const found: Finding[] = [];
  JSON.parse(stdout.trim() || stderr, (key, value: unknown) => {
    if (key === 'findings') found.push(...(value as Finding[]));
    return value;
  });
  return found;
}

describe.each(Object.entries<Door>(doors))('%s tells of', (command, door) => {
  const makes = door.makes ?? (() => name);
  const rules = everyFlaw.flatMap(([rule, flaw]) => {
    // The demo server is of one version.
    if (flaw.version !== undefined) return [];
    const found = foundIn(rule, flaw, makes(rule));
    return found === undefined || door.not(rule, found) ? [] : [{ rule, flaw, found }];
  });

  it.each(rules)('$rule', async ({ rule, flaw, found }) => {
    const server = await fresh(...families(door.there(flaw)).parentsFirst);
    await door.before?.(server);
    const line = door.say(flaw, rule);
    const asked = async (...more: string[]): Promise<Ran> => {
      const at = ['--url', server.url, ...more, ...(door.dry ?? [])];
      const [first = '', ...rest] = line;
      return run(
        [...at.slice(0, 2), first, ...rest.slice(0, 1), ...at.slice(2), ...rest.slice(1)],
        {
          ...(door.pipe ? { piped: door.pipe(flaw) } : {}),
        },
      );
    };
    expect(said(await asked())).toContain(findingWords(found).replace(/\s+/g, ' '));
    // The exact text of a job is what `job --json` is for.
    if (command === 'job') return;
    const yes = command === 'set-schedule' ? ['--yes'] : [];
    expect(findingsIn(await asked('--json', ...yes))).toContainEqual(found);
  });
});

/** The door that each command goes through; or why it has none. */
const doorOf: Record<string, keyof typeof doors | 'no definition'> = {
  jobs: 'no definition',
  job: 'job',
  executions: 'no definition',
  doctor: 'no definition',
  info: 'no definition',
  output: 'no definition',
  run: 'no definition',
  'set-schedule': 'set-schedule',
  edit: 'edit',
  apply: 'apply',
  enable: 'enable',
  disable: 'enable',
  maintenance: 'maintenance',
  create: 'create',
  clone: 'clone',
  rename: 'rename',
  delete: 'no definition',
  clear: 'no definition',
  undo: 'undo',
  journal: 'no definition',
  backup: 'no definition',
  snapshots: 'no definition',
  pin: 'no definition',
  unpin: 'no definition',
  label: 'no definition',
  prune: 'no definition',
  show: 'no definition',
  log: 'no definition',
  diff: 'no definition',
  verify: 'no definition',
  restore: 'restore',
  export: 'no definition',
  drift: 'no definition',
  agenda: 'no definition',
  lint: 'lint',
  missed: 'no definition',
  'compare-runs': 'no definition',
  why: 'no definition',
  'run-again': 'no definition',
  watch: 'no definition',
  schedule: 'schedule',
  family: 'no definition',
  cluster: 'no definition',
  pause: 'no definition',
  unpause: 'no definition',
  contexts: 'no definition',
  demo: 'no definition',
  completion: 'no definition',
};

test('no command writes a definition by another door', async () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const signal = new AbortController().signal;
  const program = createProgram({
    stdin,
    stdout,
    stderr,
    env: {},
    places,
    log: createLogFile(),
    signal,
    leaving: leavingOn(signal),
  });
  await addCommands(program);
  const names = program.commands.map((command) => command.name());
  expect(Object.keys(doorOf).sort()).toEqual(names.sort());
});

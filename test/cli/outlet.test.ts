import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { addCommands } from '../../src/cli/commands.ts';
import { leavingOn } from '../../src/cli/leaving.ts';
import { createProgram } from '../../src/cli/program.ts';
import { createLogFile } from '../../src/config/log-file.ts';
import { type Fresh, fresh } from './fresh.ts';
import { places, run } from './run.ts';

/** The commands that change something, as the program itself lists them. */
async function writingCommands(): Promise<string[]> {
  const nowhere = new PassThrough();
  const { signal } = new AbortController();
  const streams = { stdin: nowhere, stdout: nowhere, stderr: nowhere };
  const program = createProgram({
    ...streams,
    env: {},
    places,
    log: createLogFile(),
    signal,
    leaving: leavingOn(signal),
  });
  await addCommands(program);
  const leaves = (command: Command, path: string[] = []): [string, Command][] =>
    command.commands.length === 0
      ? [[path.join(' '), command]]
      : command.commands.flatMap((each) => leaves(each, [...path, each.name()]));
  return leaves(program).flatMap(([name, command]) =>
    command.options.some(({ long }) => long === '--yes') ? [name] : [],
  );
}

const files = {
  'jobs.yaml':
    'name: new\nschedule: "@hourly"\nexecutor: shell\nexecutor_config:\n  command: "true"\n',
  'jobs.json':
    '[{"name":"new","schedule":"@hourly","executor":"shell","executor_config":{"command":"true"}}]',
};

/** A line for each writing command; the server has the jobs `a` and `b`, and `a` was disabled and enabled. */
const lines: Readonly<Record<string, readonly string[]>> = {
  apply: ['jobs.yaml'],
  clear: ['a'],
  clone: ['a', 'new'],
  create: ['new', '--template', 'shell', '--set', 'schedule=@hourly'],
  delete: ['a'],
  disable: ['a', 'b'],
  doctor: ['--write'],
  edit: ['a', '--set', 'displayname=other'],
  enable: ['b'],
  lint: ['--fix'],
  'maintenance end': [],
  'maintenance start': ['a'],
  pause: [],
  rename: ['a', 'new'],
  restore: ['jobs.json'],
  run: ['a'],
  'run-again': ['status:never', 'a'],
  'set-schedule': ['a', '@hourly'],
  undo: [],
  unpause: [],
};

/** What goes before, where there would be nothing to do. */
const first: Readonly<Record<string, readonly string[]>> = {
  'maintenance end': ['maintenance', 'start', 'a', '--yes'],
};

async function world(command = ''): Promise<{ server: Fresh; argv: (name: string) => string[] }> {
  const server = await fresh({ name: 'a' }, { name: 'b', disabled: true });
  const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-outlet-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await server.dkron('set-schedule', 'b', '@every 3h', '--yes');
  if (first[command] !== undefined) await server.dkron(...first[command]);
  return {
    server,
    argv: (name) => [
      ...name.split(' '),
      ...lines[name]!.map((word) => (word in files ? join(folder, word) : word)),
      '--yes',
      '--url',
      server.url,
    ],
  };
}

const jobsOf = async ({ url }: Fresh): Promise<unknown> => {
  const jobs = (await (await fetch(`${url}/v1/jobs`)).json()) as Record<string, unknown>[];
  return jobs.map(({ name, schedule, displayname, disabled }) => [
    name,
    schedule,
    displayname,
    disabled,
  ]);
};

const ways = [
  ['nobody reads what it prints', { stdout: 'EPIPE' }, []],
  ['nobody reads anything it says', { stdout: 'EPIPE', stderr: 'EPIPE' }, []],
  ['nobody reads its JSON', { stdout: 'EPIPE', stderr: 'EPIPE' }, ['--json']],
  ['the disk of its output is full', { stdout: 'ENOSPC', stderr: 'ENOSPC' }, []],
] as const;

describe('a command that writes goes on, is in the journal and ends with the same exit code', () => {
  it('is tried with every command that there is', async () => {
    // What prune does is done to files of this machine: test/cli/prune.test.ts.
    const all = await writingCommands();
    const writing = all.filter((name) => name !== 'prune');
    expect(Object.keys(lines)).toEqual(writing.sort());
  });

  it.each(Object.keys(lines))('%s', { timeout: 60_000 }, async (name) => {
    const healthy = await world(name);
    const { code } = await run(healthy.argv(name));
    expect(code).toBe(0);
    const wanted = await jobsOf(healthy.server);
    const changes = (await healthy.server.dkron('journal', '--json')).stdout.split(
      '"action"',
    ).length;
    for (const [way, broken, more] of ways) {
      const { server, argv } = await world(name);
      const ended = await run([...argv(name), ...more], { broken });
      expect(ended.code, way).toBe(0);
      expect(await jobsOf(server), way).toEqual(wanted);
      const journal = await server.dkron('journal', '--json');
      expect(journal.stdout.split('"action"'), way).toHaveLength(changes);
    }
  });
});

test.each(['EPIPE', 'ENOSPC'])(
  'backup makes its file also when its output fails: %s',
  async (code) => {
    const { server } = await world();
    const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-outlet-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'snap');
    const ended = await run(['backup', path, '--url', server.url], { broken: { stdout: code } });
    expect(ended.code).toBe(0);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  },
);

test.each([
  ['EPIPE', 'standard output was closed before the backup was complete'],
  ['ENOSPC', 'standard output cannot be written: the disk is full'],
])('backup to standard output is no backup where that fails: %s', async (code, said) => {
  const { server } = await world();
  const ended = await run(['backup', '-', '--url', server.url], { broken: { stdout: code } });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(said);
});

test.each([
  ['EPIPE', 0, ''],
  ['ENOSPC', 1, 'error: standard output cannot be written: the disk is full'],
])(
  'a command that only reads ends quietly for want of a reader, not of space: %s',
  async (code, status, said) => {
    const { server } = await world();
    const ended = await run(['jobs', '--url', server.url], { broken: { stdout: code } });
    expect(ended.code).toBe(status);
    expect(ended.stderr.split('\n')[0]).toBe(said);
  },
);

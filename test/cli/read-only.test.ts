/** Every command of the program with --read-only: no request but GET comes to the server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { addCommands } from '../../src/cli/commands.ts';
import { createProgram } from '../../src/cli/program.ts';
import { type CountedServer, countedServer } from '../support/counted-server.ts';
import { places, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-looks-only-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'jobs.json');
writeFileSync(
  file,
  JSON.stringify([{ name: 'other', schedule: '@daily', executor: 'shell', executor_config: {} }]),
);

/** What stands for an argument that has to be there, by its name in the help; of one command, or of any. */
const words: Readonly<Record<string, readonly string[]>> = {
  name: ['a'],
  'create name': ['copy'],
  names: ['a', 'b'],
  new: ['copy'],
  spec: ['@daily'],
  file: [file],
  // Else it wants another cluster.
  'restore file': [file],
  'diff a': [file],
  // Else it opens the console where somebody types.
  'show file': [file, '--print'],
  files: [file],
  text: ['x'],
  place: [folder],
  folder: [folder],
  shell: ['bash'],
  // Without one it would have nothing to do.
  'start filter': ['a'],
  'run-again filter': ['status:never', 'a'],
  // Else it watches on.
  'watch filter': ['--once'],
};

/** Options without which a command would have nothing to change. */
const changes: Readonly<Record<string, readonly string[]>> = {
  '--set': ['--set', 'retries=2'],
  '--write': ['--write'],
  '--template': ['--template', 'shell'],
};

/** Demo starts a server of its own; it asks none. */
const commands = leaves(await createdProgram()).filter((command) => command.name() !== 'demo');

async function createdProgram(): Promise<Command> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const program = createProgram({ stdin, stdout, stderr, env: {}, places, signal } as never);
  await addCommands(program);
  return program;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function pathOf(command: Command): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

/** The command said so that it has everything it takes. */
function lineOf(command: Command): string[] {
  const given = command.registeredArguments.flatMap((argument) => {
    const name = argument.name();
    const own = words[`${command.name()} ${name}`];
    const known = own ?? (argument.required ? words[name] : []);
    if (known === undefined) throw new Error(`say what stands for <${name}>`);
    return known;
  });
  const set = command.options.flatMap(({ long }) => changes[long ?? ''] ?? []);
  return [...pathOf(command), ...given, ...set];
}

const flagsOf = (command: Command): string[] =>
  command.options.filter((option) => option.isBoolean()).flatMap(({ long }) => long ?? []);

/** A server with two jobs, of which one was changed: there is something to take back. */
async function changedServer(): Promise<CountedServer> {
  const server = await countedServer({ name: 'a' }, { name: 'b', disabled: true });
  await run(['edit', 'b', '--set', 'retries=1', '--yes', '--url', server.url]);
  expect(server.changes()).toEqual(['POST /v1/jobs']);
  return server;
}

/** Only a node that is paused can be unpaused, only a maintenance that was started can be ended. */
async function serverFor(command: Command): Promise<CountedServer> {
  const server = await changedServer();
  const at = ['--yes', '--url', server.url];
  if (command.name() === 'unpause') await run(['pause', ...at]);
  if (command.name() === 'end') await run(['maintenance', 'start', 'a', ...at]);
  return server;
}

describe.each(commands.map((command) => [pathOf(command).join(' '), command] as const))(
  '%s',
  (_name, command) => {
    const line = lineOf(command);
    const flags = flagsOf(command);
    const sure = flags.includes('--yes') ? ['--yes'] : [];
    const sent = async (server: CountedServer, ...more: string[]) => {
      const before = server.changes().length;
      const ran = await run([...line, ...more, '--url', server.url], { piped: '' });
      return { ...ran, changes: server.changes().slice(before) };
    };

    it('sends nothing but GET with --read-only, whichever flag is given', async () => {
      const server = await serverFor(command);
      for (const flag of [[], ...flags.map((one) => [one])])
        expect(await sent(server, '--read-only', ...sure, ...flag)).toMatchObject({ changes: [] });
      const typed = { typed: 'y\na\ncopy\n1\n' };
      const before = server.changes();
      await run([...line, '--read-only', '--url', server.url], typed);
      expect(server.changes()).toEqual(before);
    });

    it('is refused with it where it changes the server without it, and only there', async () => {
      const [open, closed] = [await serverFor(command), await serverFor(command)];
      const changing = (await sent(open, ...sure)).changes.length > 0;
      const { code, stderr } = await sent(closed, '--read-only', ...sure);
      expect(/read-only/.test(stderr)).toBe(changing);
      if (changing) expect(code).not.toBe(0);
      // What prune is sure of is to remove files of this machine; lint writes with --fix alone.
      expect(changing).toBe(sure.length > 0 && !['prune', 'lint'].includes(command.name()));
    });
  },
);

/** The line for crontab and the CronJob of the page on snapshots, run as cron and Kubernetes run them. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const page = readFileSync(join(import.meta.dirname, '../../../docs/snapshots.md'), 'utf8');

/** The first block of the chapter that is written in this language. */
function block(language: string): string {
  const chapter = page.slice(page.indexOf('## Every night'));
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(chapter)![1]!;
}

/** A folder of commands with the program in it, as an installation makes it. */
function installed(): string {
  const bin = folder();
  symlinkSync(program, join(bin, 'dkron-tui'));
  symlinkSync(process.execPath, join(bin, 'node'));
  return bin;
}

/** With nothing but this in the environment. Rejects where it does not end with 0. */
const alone = (env: Readonly<Record<string, string>>, command: readonly string[], cwd: string) =>
  promisify(execFile)(command[0]!, command.slice(1), { env: { ...env }, cwd });

const silent = { stdout: '', stderr: '' };

/** The snapshots below a folder; each must be one that was taken by a timetable. */
async function scheduledIn(place: string): Promise<number> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  const manifests = names.filter((name) => name.endsWith('.manifest.json'));
  for (const name of manifests) {
    const manifest = await readManifest(join(place, name.replace('.manifest.json', '')));
    expect(manifest).toMatchObject({ kind: 'scheduled', chosen: null });
    expect(manifest!.count).toBeGreaterThan(0);
  }
  return manifests.length;
}

test('the line for crontab saves once, is silent, and says by its code what is wrong', async () => {
  const lines = block('crontab').trim().split('\n');
  const told = new Map(lines.slice(0, -1).map((line) => line.split(/=(.*)/s) as [string, string]));
  const [, command] = /^(?:\S+ ){5}(.*)$/.exec(lines.at(-1)!)!;
  const home = folder();
  const bin = installed();
  const night = (url: string) =>
    alone(
      {
        HOME: home,
        SHELL: '/bin/sh',
        PATH: told.get('PATH')!.replace('/usr/local/bin', bin),
        DKRON_URL: url,
      },
      ['/bin/sh', '-c', command!],
      home,
    );
  expect([...told.keys()]).toEqual(['PATH', 'DKRON_URL']);
  expect(await night(server.url)).toEqual(silent);
  expect(await night(server.url)).toEqual(silent);
  expect(await scheduledIn(home)).toBe(1);
  await expect(night('http://127.0.0.1:9')).rejects.toMatchObject({
    code: 6,
    stdout: '',
    stderr: expect.stringContaining('127.0.0.1:9'),
  });
});

interface CronJob {
  readonly kind: string;
  readonly spec: {
    readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: PodSpec } } };
  };
}
interface PodSpec {
  readonly containers: readonly [
    {
      readonly command: readonly string[];
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly volumeMounts: readonly { readonly mountPath: string }[];
    },
  ];
}

test('the container of the CronJob saves once, into its volume', async () => {
  const cronJob = parse(block('yaml')) as CronJob;
  expect(cronJob.kind).toBe('CronJob');
  const [container] = cronJob.spec.jobTemplate.spec.template.spec.containers;
  const mounts = container.volumeMounts.map(({ mountPath }) => [mountPath, folder()] as const);
  const here = (text: string): string => {
    const mount = mounts.find(([path]) => text === path || text.startsWith(`${path}/`));
    return mount === undefined ? text : text.replace(...mount);
  };
  const told = Object.fromEntries(container.env.map(({ name, value }) => [name, here(value)]));
  const env = { ...told, DKRON_URL: server.url, PATH: `${installed()}:${dirname('/bin/sh')}` };
  const night = () => alone(env, ['/usr/bin/env', ...container.command.map(here)], '/');
  expect(new URL(told['DKRON_URL']!).port).toBe('8080');
  expect(await night()).toEqual(silent);
  expect(await night()).toEqual(silent);
  expect(await scheduledIn(here('/snapshots'))).toBe(1);
});

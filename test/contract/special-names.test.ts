/** Names that are special to JavaScript, through every command, on the demo server and every real Dkron at hand. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { type RunningServer, servers } from '../support/servers.ts';

console.log(`special names: ${realDkronsLine()}`);

const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];
/** `{"__proto__":"x",…}`: a literal of JavaScript could not say it. */
const map = (value: string): string => `{${names.map((name) => `"${name}":${value}`).join(',')}}`;
const job = (name: string, value = '"x"'): string =>
  `{"name":"${name}","schedule":"@manually","executor":"shell","executor_config":${map(value)},"tags":${map(value)},"metadata":${map(value)},"processors":${map(map(value))}}`;

describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  let folder: string;
  beforeAll(async () => {
    server = await start();
    folder = await mkdtemp(join(tmpdir(), 'special-names-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const dkron = (...argv: string[]) => run([...argv, '--url', server.url]);
  const done = async (...argv: string[]) => {
    const ran = await dkron(...argv, '--yes');
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  };
  /** The job as the server writes it, its maps sorted. */
  const stored = async (name: string) => (await fetch(`${server.url}/v1/jobs/${name}`)).text();

  it('keeps them from a file, by both doors, as names of jobs too', async () => {
    const path = join(folder, 'jobs');
    await writeFile(path, `${job('__proto__')}\n${job('constructor')}\n`);
    await done('apply', path);
    for (const name of ['__proto__', 'constructor']) {
      expect(await stored(name)).toContain(`"tags":${map('"x"')}`);
      expect(await stored(name)).toContain(`"metadata":${map('"x"')}`);
      expect(await stored(name)).toContain(`"executor_config":${map('"x"')}`);
      expect(await stored(name)).toContain(`"processors":${map(map('"x"'))}`);
    }
    expect((await dkron('restore', path, '--dry-run')).code).toBe(0);
    await writeFile(path, `${job('__proto__', '"y"')}\n`);
    await done('restore', path);
    expect(await stored('__proto__')).toContain(`"processors":${map(map('"y"'))}`);
    await done('undo');
    expect(await stored('__proto__')).toContain(`"tags":${map('"x"')}`);
  });

  it('changes them one by one, and leaves the others', async () => {
    for (const name of names) {
      await done('edit', '__proto__', '--set', `metadata.${name}=new`);
      await done('edit', '__proto__', '--set', `processors.${name}.${name}=new`);
      await done('edit', '__proto__', '--unset', `tags.${name}`);
    }
    expect(await stored('__proto__')).toContain(`"metadata":${map('"new"')}`);
    expect(await stored('__proto__')).toContain(`"executor_config":${map('"x"')}`);
    expect((await dkron('job', '__proto__', '--json')).stdout).toContain('"tags":null');
  });

  it('saves them, and brings them back', async () => {
    const path = join(folder, 'snapshot');
    expect((await dkron('backup', path)).code).toBe(0);
    expect(await readFile(path, 'utf8')).toContain(`"metadata":${map('"new"')}`);
    await done('delete', 'constructor', '__proto__');
    await done('restore', path);
    expect(await stored('__proto__')).toContain(`"metadata":${map('"new"')}`);
    expect(await stored('constructor')).toContain(`"processors":${map(map('"x"'))}`);
    expect((await dkron('restore', path, '--dry-run')).code).toBe(0);
    const filtered = await dkron('jobs', 'meta:__proto__=new', '--json');
    expect(JSON.parse(filtered.stdout).map(({ name }: { name: string }) => name)).toEqual([
      '__proto__',
    ]);
  });
});

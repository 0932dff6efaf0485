import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { run } from './run.ts';

/** A file of contexts with one of this server, and a folder for its snapshots. */
async function context() {
  const server = await countedServer(
    { name: 'etl-a', owner: 'night' },
    { name: 'etl-b', owner: 'day' },
    { name: 'web', owner: 'night' },
  );
  const folder = await mkdtemp(join(tmpdir(), 'view-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const text = `contexts:
  here:
    url: ${server.url}
    snapshots: { folder: ./saved }
    views: { night: 'owner:night' }
`;
  const path = join(folder, 'config.yaml');
  await writeFile(path, text);
  return { folder, env: { DKRON_TUI_CONFIG: path, DKRON_CONTEXT: 'here' } };
}
const names = (stdout: string): string[] =>
  JSON.parse(stdout).map(({ name }: { name: string }) => name);

it('lists the jobs of a view, and of them those that the words let through', async () => {
  const { env } = await context();
  const all = await run(['jobs', '--view', 'night', '--json'], { env });
  expect(names(all.stdout)).toEqual(['etl-a', 'web']);
  const some = await run(['jobs', '--view', 'night', 'etl', '--json'], { env });
  expect(names(some.stdout)).toEqual(['etl-a']);
  const agenda = await run(['agenda', '--view', 'night'], { env });
  expect(agenda.stdout).toContain('of 2 jobs');
});

it('says which views there are where the name is of none', async () => {
  const { env } = await context();
  const { code, stderr } = await run(['jobs', '--view', 'constructor'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('there is no view constructor: here has night');
  const bare = await run(['jobs', '--view', 'night', '--url', 'http://127.0.0.1:9']);
  expect(bare.stderr).toContain('without a context there are no views');
});

it('saves snapshots where the context says', async () => {
  const { env, folder } = await context();
  expect(await run(['backup'], { env })).toMatchObject({ code: 0 });
  expect(await readdir(join(folder, 'saved'))).toHaveLength(2);
  expect((await stat(join(folder, 'saved'))).mode & 0o777).toBe(0o700);
});

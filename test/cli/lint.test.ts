import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Definition } from '../support/jobs.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

const tokyo = { schedule: '@daily', timezone: 'Asia/Tokyo' };

test('lists the worst first, and ends with 3 where something is as bad as was asked for', async () => {
  const { dkron } = await fresh(
    { name: 'a', schedule: '@every 90s' },
    { name: 'b', ...tokyo },
    { name: 'c', schedule: '0 0 12 30 2 *' },
  );
  const all = await dkron('lint', '--level', 'note');
  expect([all.code, all.stdout.split('\n').map((line) => line.split(/\s+/).slice(0, 3))]).toEqual([
    3,
    [
      ['LEVEL', 'RULE', 'JOB'],
      ['warning', 'never', 'c'],
      ['warning', 'zone-ignored', 'b'],
      ['note', 'phase', 'a'],
      ['0', 'errors,', '2'],
      [''],
    ],
  ]);
  expect((await dkron('lint')).stdout).not.toContain('phase');
  const sound = await dkron('lint', 'a');
  expect([sound.code, sound.stdout]).toEqual([0, '0 errors, 0 warnings, 0 notes in 1 job\n']);
  expect((await dkron('lint', '--level', 'error')).code).toBe(0);
});

test('tells programs of each job what is wrong with it', async () => {
  const { dkron } = await fresh({ name: 'a', ...tokyo }, { name: 'b' });
  expect(JSON.parse((await dkron('lint', '--json', '--rule', 'zone-ignored')).stdout)).toEqual({
    looked: 2,
    error: 0,
    warning: 1,
    note: 0,
    ignored: 0,
    jobs: [
      {
        name: 'a',
        findings: [
          {
            rule: 'zone-ignored',
            level: 'warning',
            path: 'schedule',
            text: expect.stringContaining('Asia/Tokyo has no effect'),
            fix: '0 0 0 * * *',
          },
        ],
      },
    ],
  });
});

test('mends what has a fix, by a plan, and nothing else', async () => {
  const { dkron } = await fresh({ name: 'a', ...tokyo }, { name: 'b', schedule: '0 0 12 30 2 *' });
  const dry = await dkron('lint', '--fix', '--dry-run');
  expect([dry.code, dry.stdout]).toEqual([3, expect.stringContaining('0 0 0 * * *')]);
  expect((await dkron('lint', '--fix')).stderr).toContain('add --yes');
  expect((await dkron('lint', '--fix', '--yes')).code).toBe(0);
  expect(JSON.parse((await dkron('job', 'a', '--json')).stdout)).toMatchObject({
    schedule: '0 0 0 * * *',
    timezone: 'Asia/Tokyo',
  });
  const again = await dkron('lint', '--fix', '--yes');
  expect([again.code, again.stdout]).toEqual([0, 'nothing to write\n']);
});

test('refuses a level and a filter that mean nothing', async () => {
  const { dkron } = await fresh({ name: 'a' });
  expect((await dkron('lint', '--level', 'bad')).stderr).toContain('error, warning or note');
  expect((await dkron('lint', 'nonsense:x')).code).toBe(2);
});

const http = (path: string): Definition => ({
  name: path.slice(1),
  schedule: '0 */15 * * * *',
  executor: 'http',
  executor_config: { method: 'GET', url: `http://cache${path}`, expectCode: '200' },
});

/** A server of a context that has a table of TTLs, and findings that nobody wants. */
async function withTtls(lint: string) {
  const { url } = await fresh(http('/zones'), http('/stops'), http('/lines'));
  const folder = await mkdtemp(join(tmpdir(), 'cli-lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'ttls.csv'), 'route,soft,hard\n/zones,20,\n/stops,30,\n/gone,1,\n');
  const path = join(folder, 'config.yaml');
  await writeFile(path, `contexts:\n  here:\n    url: ${url}\n    lint:\n${lint}`);
  const env = { DKRON_TUI_CONFIG: path, DKRON_CONTEXT: 'here' };
  return (...argv: string[]) => run(argv, { env });
}

const ttl = `      ttl: { file: ttls.csv, match: { route: path }, soft: soft, hard: hard, unit: min }\n`;

test('holds jobs against their TTLs, and says how much of the table that is', async () => {
  const dkron = await withTtls(ttl);
  const { code, stdout } = await dkron('lint');
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^warning +ttl-soft +zones +schedule: it runs every 15m, and the soft TTL is 20m/m,
  );
  expect(stdout).toContain(
    '1 warning, 0 notes in 3 jobs; 1 fix: --fix\nTTLs: 3 rows, 2 jobs with one, 1 http job without a TTL, 1 row that no enabled job fills\n',
  );
  expect(JSON.parse((await dkron('lint', '--json')).stdout)).toMatchObject({
    ignored: 0,
    ttl: { rows: 3, jobs: 2, without: 1, unfilled: 1, shared: 0, doubled: 0, unread: 0 },
  });
  expect((await dkron('lint', '--fix', '--yes')).code).toBe(0);
  expect((await dkron('lint')).code).toBe(0);
});

test('leaves out what the context says, and counts it', async () => {
  const dkron = await withTtls(`${ttl}      ignore: [{ rule: ttl-, jobs: zones }]\n`);
  const { code, stdout } = await dkron('lint');
  expect(code).toBe(0);
  expect(stdout).toContain('0 errors, 0 warnings, 0 notes in 3 jobs, 1 ignored\n');
});

test('does not end well where the table cannot be read', async () => {
  const dkron = await withTtls(ttl.replace('soft: soft', 'soft: sft'));
  const { code, stderr } = await dkron('lint');
  expect(code).toBe(1);
  expect(stderr).toContain('has no column sft: there is route, soft, hard');
});

test('a change of a schedule is held against the TTLs, too', async () => {
  const dkron = await withTtls(ttl);
  const { stdout } = await dkron('set-schedule', 'stops', '0 */20 * * * *', '--yes');
  expect(stdout.replace(/\s+/g, ' ')).toContain('it runs every 20m, and the soft TTL is 30m');
  const blind = await withTtls(ttl.replace('ttls.csv', 'none.csv'));
  const told = await blind('set-schedule', 'stops', '0 */20 * * * *', '--yes');
  expect([told.code, told.stderr]).toEqual([0, expect.stringContaining('TTLs are not checked: ')]);
});

/** What every command that changes jobs does alike, tried with `disable` and `delete`. */
import { expect, test } from 'vitest';
import { ask } from '../support/servers.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

test('nobody can be asked: nothing is written without --yes', async () => {
  const { dkron, job } = await fresh({ name: 'a' });
  const { code, stdout, stderr } = await dkron('disable', 'a');
  expect(code).toBe(2);
  expect(stdout).toContain('a  change');
  expect(stderr).toContain('add --yes');
  expect(await job('a')).toMatchObject({ disabled: false });
});

test('on a terminal it asks: y writes, anything else does not', async () => {
  const { typing, job, url } = await fresh({ name: 'a' });
  for (const typed of ['n\n', '\n']) {
    const { code, stderr } = await typing(typed, 'disable', 'a');
    expect(code).toBe(1);
    expect(stderr).toContain(`Disable a on ${url}? [y/N]`);
    expect(stderr).toContain('not confirmed');
  }
  for (const control of ['\u0003', '\u0004'])
    expect((await typing(control, 'disable', 'a')).code).toBe(1);
  expect(await job('a')).toMatchObject({ disabled: false });
  expect((await typing('y\n', 'disable', 'a')).code).toBe(0);
  expect(await job('a')).toMatchObject({ disabled: true });
});

test('deleting is agreed to by the name, or by the number of jobs', async () => {
  const { typing, names } = await fresh({ name: 'a' }, { name: 'b' }, { name: 'c' });
  for (const typed of ['y\n', 'A\n', 'b\n'])
    expect((await typing(typed, 'delete', 'a')).code).toBe(1);
  expect((await typing('1\n', 'delete', 'b', 'c')).code).toBe(1);
  expect(await names()).toEqual(['a', 'b', 'c']);
  expect((await typing('a\n', 'delete', 'a')).code).toBe(0);
  const { code, stderr } = await typing('2\n', 'delete', 'b', 'c');
  expect(code).toBe(0);
  expect(stderr).toContain('Delete 2 jobs on');
  expect(stderr).toContain('Type 2 to confirm:');
  expect(await names()).toEqual([]);
});

test('a dry run says by its exit code whether there is anything to write', async () => {
  const { dkron, job } = await fresh({ name: 'a' });
  expect((await dkron('disable', 'a', '--dry-run', '--yes')).code).toBe(3);
  expect(await job('a')).toMatchObject({ disabled: false });
  expect((await dkron('enable', 'a', '--dry-run')).code).toBe(0);
});

test('--read-only is stronger than --yes', async () => {
  const { dkron, job } = await fresh({ name: 'a' });
  const { code, stderr } = await dkron('disable', 'a', '--yes', '--read-only');
  expect(code).toBe(9);
  expect(stderr).toContain('--read-only is set');
  expect(await job('a')).toMatchObject({ disabled: false });
});

test('--json gives the plan where nothing is written, else the results', async () => {
  const { dkron, url } = await fresh({ name: 'a' });
  const dry = await dkron('disable', 'a', '--dry-run', '--json');
  expect(JSON.parse(dry.stdout)).toEqual({
    server: url,
    cluster: expect.stringMatching(/^127\.0\.0\.1_\d+-[\da-f]{6}$/),
    plan: [
      {
        name: 'a',
        kind: 'change',
        why: 'disabled false → true',
        chosen: true,
        changes: [{ path: 'disabled', before: 'false', after: 'true' }],
        findings: [],
        nextBefore: [],
        nextAfter: [],
      },
    ],
  });
  const wet = await dkron('disable', 'a', '--yes', '--json');
  expect(JSON.parse(wet.stdout)).toEqual({
    server: url,
    cluster: expect.any(String),
    safety: null,
    summary: { jobs: 1, written: 1, same: 0, skipped: 0, failed: 0, unknown: 0 },
    results: [{ name: 'a', outcome: 'written', message: 'disabled and verified', findings: [] }],
  });
  expect(wet.stderr).toBe('');
  const same = await dkron('disable', 'a', '--yes', '--json');
  expect(JSON.parse(same.stdout)).toMatchObject({ plan: [{ kind: 'same', chosen: false }] });
});

test('an operator who is asked under --json sees on stderr what about', async () => {
  const { typing } = await fresh({ name: 'a' });
  const { stdout, stderr } = await typing('y\n', 'disable', 'a', '--json');
  expect(Object.keys(JSON.parse(stdout))).toEqual([
    ...['server', 'cluster', 'safety'],
    ...['summary', 'results'],
  ]);
  expect(stderr).toContain('disabled');
});

test('what cannot be written is an error with a reason, as JSON too', async () => {
  const { dkron } = await fresh({ name: 'p' }, { name: 'c', parent_job: 'p', schedule: '' });
  const { code, stdout, stderr } = await dkron('delete', 'p', '--yes', '--json');
  expect({ code, stdout }).toEqual({ code: 9, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    error: {
      kind: 'Refused',
      message: 'p: it has children: c',
      data: 'nothing was written',
      next: null,
    },
  });
});

test('a server that refuses is told in its own words', async () => {
  const { dkron, job, url } = await fresh({ name: 'a' });
  await ask(`${url}/v1/pause`, 'POST');
  const { code, stderr } = await dkron('disable', 'a', '--yes');
  expect(code).toBe(9);
  expect(stderr).toContain('accepts no new or changed jobs: it is paused');
  expect(await job('a')).toMatchObject({ disabled: false });
});

test('no server: nothing is planned', async () => {
  const { code, stderr } = await run(['disable', 'a', '--yes', '--url', 'http://127.0.0.1:1']);
  expect(code).toBe(6);
  expect(stderr).toContain('http://127.0.0.1:1');
});

test('Ctrl-C ends it with 130, and nothing is written', async () => {
  const { job, url } = await fresh({ name: 'a' });
  const controller = new AbortController();
  controller.abort();
  const { signal } = controller;
  expect((await run(['disable', 'a', '--yes', '--url', url], { signal })).code).toBe(130);
  expect(await job('a')).toMatchObject({ disabled: false });
});

import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

test('lists changes newest first, with what became of them', async () => {
  const { dkron } = await fresh({ name: 'a' });
  expect((await dkron('journal')).stdout).toBe('nothing was changed from this machine\n');
  await dkron('edit', 'a', '--set', 'retries=1', '--set', 'tags.role=x:1', '--yes');
  await dkron('clone', 'a', 'b', '--yes');
  await dkron('delete', 'a', '--yes');
  const [titles, ...lines] = (await dkron('journal')).stdout.trimEnd().split('\n');
  expect(titles).toMatch(/^WHEN +WHO +JOB +WHAT +OUTCOME +FIELDS$/);
  expect(lines.map((line) => line.split(/ {2,}/).slice(2).join(' '))).toEqual([
    'a deleted ✓ written',
    'b created ✓ written',
    'a changed ✓ written retries, tags.role',
  ]);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +\S+@\S+ /);
  expect((await dkron('journal', 'b')).stdout.trimEnd().split('\n')).toHaveLength(2);
});

test('--json has each definition to the letter', async () => {
  const { dkron, url } = await fresh({ name: 'a' });
  const before = await (await fetch(`${url}/v1/jobs/a`)).text();
  await dkron('disable', 'a', '--yes');
  const [change] = JSON.parse((await dkron('journal', 'a', '--json')).stdout);
  expect(change).toMatchObject({ job: 'a', action: 'write', result: { outcome: 'written' } });
  expect(change.before).toBe(before);
  expect(JSON.parse((await dkron('journal', 'nobody', '--json')).stdout)).toEqual([]);
});

test('needs no server', async () => {
  const { dkron, url } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  await fetch(`${url}/v1/jobs/a`, { method: 'DELETE' });
  expect((await dkron('journal', 'a')).stdout).toContain('disabled');
});

import { expect, test } from 'vitest';
import { openJournal } from '../../src/journal/file.ts';
import { keptAt } from '../support/kept.ts';
import { fresh } from './fresh.ts';
import { places } from './run.ts';

test('nothing was changed yet: nothing to do', async () => {
  const { dkron, url } = await fresh();
  expect(await dkron('undo', '--yes')).toEqual({
    code: 0,
    stdout: `nothing was changed on ${url} from this machine\n`,
    stderr: '',
  });
  expect(JSON.parse((await dkron('undo', '--json')).stdout)).toEqual({
    cluster: expect.any(String),
    server: url,
    plan: [],
  });
});

test('gives back the exact definition, and can itself be undone', async () => {
  const body = '{"a":1.0,"b":9223372036854775808,"a":1e400,"c":"\u20ac \\u20ac"}';
  const config = { method: 'POST', url: 'http://127.0.0.1:1/', body, expectCode: '200' };
  const { dkron, job } = await fresh({ name: 'exact', executor: 'http', executor_config: config });
  const before = await job('exact');
  await dkron('edit', 'exact', '--set', 'retries=4', '--body', '/dev/null', '--yes');
  expect((await job('exact'))?.executor_config?.['body']).toBe('');
  const { code, stdout } = await dkron('undo', '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/retries +− 4\n/);
  expect(await job('exact')).toEqual(before);
  await dkron('undo', '--yes');
  expect(await job('exact')).toMatchObject({ retries: 4 });
});

test('takes all jobs back that were changed together', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b' }, { name: 'c' });
  await dkron('disable', 'c', '--yes');
  await dkron('disable', 'a', 'b', '--yes');
  const { stdout } = await dkron('undo', '--yes');
  expect(stdout).toContain('2 jobs written and verified');
  expect(await job('a')).toMatchObject({ disabled: false });
  expect(await job('c')).toMatchObject({ disabled: true });
});

test('deletes what was created, once its name is typed', async () => {
  const { dkron, typing, names } = await fresh({ name: 'one' });
  await dkron('clone', 'one', 'two', '--yes');
  const { code, stderr } = await typing('two\n', 'undo');
  expect(code).toBe(0);
  expect(stderr).toMatch(/Undo the creation of two, \d+s ago, on http.*Type two to confirm:/);
  expect(await names()).toEqual(['one']);
});

test('what was changed again since is not taken back unseen', async () => {
  const { dkron, typing, post, job } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  await post({ name: 'a', owner: 'somebody' });
  const blind = await dkron('undo', '--yes');
  expect(blind.code).toBe(5);
  expect(blind.stderr).toContain('a on http');
  expect(blind.stderr).toContain('undo --even-changed');
  expect((await typing('y\n', 'undo')).code).toBe(5);
  expect((await dkron('undo', '--dry-run')).stdout).toContain(
    'stays as it is: changed again since',
  );
  expect(await job('a')).toMatchObject({ owner: 'somebody' });
  const seen = await typing('y\n', 'undo', '--even-changed');
  expect(seen.code).toBe(0);
  expect(await job('a')).toMatchObject({ owner: '', disabled: false });
});

test('a parent that is gone keeps its child from coming back, and says so', async () => {
  const { dkron, url } = await fresh({ name: 'p' }, { name: 'c', parent_job: 'p', schedule: '' });
  await dkron('delete', 'c', '--yes');
  await fetch(`${url}/v1/jobs/p`, { method: 'DELETE' });
  const { code, stderr } = await dkron('undo', '--yes');
  expect(code).toBe(9);
  expect(stderr).toContain('c: parent_job: there is no job p');
});

test('a change that never arrived is passed over', async () => {
  const { dkron, url, job } = await fresh({ name: 'one', retries: 1 });
  await dkron('edit', 'one', '--set', 'retries=5', '--yes');
  const journal = openJournal((await keptAt(places, url)).journal);
  const before = JSON.stringify(await job('one'));
  const cutOff = { id: 'cut', operation: 'cut', at: new Date().toISOString(), server: url };
  const sent = before.replace('"retries":5', '"retries":9');
  await journal.before({ ...cutOff, job: 'one', action: 'write', before, sent });
  const { code, stderr } = await dkron('undo', '--yes');
  expect(code).toBe(0);
  expect(stderr).toMatch(/skipped: the change of one, \d+s ago, did not happen/);
  expect(await job('one')).toMatchObject({ retries: 1 });
});

test('what somebody else took back is passed over only where one sees what comes instead', async () => {
  const { dkron, typing, post, job } = await fresh({ name: 'one' }, { name: 'two' });
  await dkron('disable', 'one', '--yes');
  await dkron('disable', 'two', '--yes');
  await post({ name: 'two' });
  const blind = await dkron('undo', '--yes');
  expect(blind.code).toBe(5);
  expect(blind.stderr).toMatch(/the disabling of two, \d+s ago, is already undone/);
  expect(await job('one')).toMatchObject({ disabled: true });
  const seen = await typing('y\n', 'undo');
  expect(seen.stderr).toMatch(/Undo the disabling of one/);
  expect(await job('one')).toMatchObject({ disabled: false });
});

test('takes back one change that is named, and leaves those that came after it', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('edit', 'a', 'b', '--set', 'retries=3', '--yes');
  await dkron('disable', 'b', '--yes');
  const [, change] = (await dkron('journal', 'a')).stdout.split('\n');
  expect((await dkron('undo', '--change', change!.split(' ')[0]!, '--yes')).code).toBe(0);
  expect(await job('a')).toMatchObject({ retries: 0 });
  expect(await job('b')).toMatchObject({ retries: 3, disabled: true });
});

test('of a change that is not there, or more than one, takes back nothing', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('disable', 'a', 'b', '--yes');
  const none = await dkron('undo', '--change', 'nobody', '--yes');
  expect(none).toMatchObject({
    code: 8,
    stderr: expect.stringContaining('no change in the journal'),
  });
  const several = await dkron('undo', '--change', '', '--yes');
  expect(several).toMatchObject({ code: 2, stderr: expect.stringContaining('2 changes begin') });
  expect(await job('a')).toMatchObject({ disabled: true });
});

test('needs no more of an id than is shown, and looks no further', async () => {
  const { url, dkron, job } = await fresh({ name: 'a' }, { name: 'b' });
  expect((await dkron('disable', 'a', '--yes')).code).toBe(0);
  const journal = openJournal((await keptAt(places, url)).journal);
  const [a, b] = [JSON.stringify(await job('a')), JSON.stringify(await job('b'))];
  const at = new Date().toISOString();
  const change = { at, server: 'x', action: 'write', before: null, sent: a } as const;
  await journal.before({ ...change, id: '12345678-old', job: 'a' });
  await journal.before({ ...change, id: '12345678-new', job: 'b', sent: b });
  expect((await dkron('undo', '--change', '1234567', '--dry-run')).code).toBe(2);
  expect((await dkron('undo', '--change', '12345678', '--dry-run')).stdout).toMatch(/^b +delete/m);
  expect((await dkron('undo', '--operation', '12345678', '--dry-run')).stdout).toMatch(
    /^b +delete/m,
  );
  expect((await dkron('undo', '--change', '12345678-o', '--dry-run')).stdout).toMatch(
    /^a +delete/m,
  );
});

test('leaves alone what others changed since, names it, and takes the rest back', async () => {
  const { dkron, post, job } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('edit', 'a', 'b', '--set', 'retries=3', '--yes');
  await post({ name: 'b', retries: 3, owner: 'somebody' });
  const { code, stdout } = await dkron('undo', '--yes');
  expect(stdout).toContain('stays as it is: changed again since\n');
  expect(stdout).toContain('b: stays as it is; --even-changed undoes that too');
  expect(code).toBe(4);
  expect(await job('a')).toMatchObject({ retries: 0 });
  expect(await job('b')).toMatchObject({ retries: 3, owner: 'somebody' });
});

test('takes several operations back as one, which is one to undo', async () => {
  const { dkron, typing, job, names } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('disable', 'a', '--yes');
  await dkron('edit', 'a', '--set', 'retries=2', '--yes');
  await dkron('clone', 'b', 'c', '--yes');
  await dkron('edit', 'a', '--set', 'retries=5', '--yes');
  const shown = await dkron('undo', '--count', '3', '--dry-run', '--json');
  expect(shown.code).toBe(3);
  const operations = JSON.parse((await dkron('journal', '--json', '--limit', '3')).stdout);
  expect(JSON.parse(shown.stdout).undoes).toEqual(operations.map(({ id }: { id: string }) => id));
  expect(JSON.parse(shown.stdout).plan).toMatchObject([
    { name: 'a', kind: 'change', chosen: true },
    { name: 'c', kind: 'delete', chosen: true },
  ]);
  const { stderr } = await typing('c\n', 'undo', '--count', '3');
  expect(stderr).toMatch(/Undo 3 operations on 2 jobs, back to before the edit of a, \d+s ago, on/);
  expect(await job('a')).toMatchObject({ retries: 0, disabled: true });
  expect(await names()).toEqual(['a', 'b']);
  await dkron('undo', '--yes');
  expect(await job('a')).toMatchObject({ retries: 5, disabled: true });
  expect(await names()).toEqual(['a', 'b', 'c']);
});

test('takes back all since a time', async () => {
  const { dkron, job } = await fresh({ name: 'a' });
  await dkron('edit', 'a', '--set', 'retries=2', '--yes');
  await dkron('disable', 'a', '--yes');
  const { code } = await dkron('undo', '--to', '1h ago', '--yes');
  expect(code).toBe(0);
  expect(await job('a')).toMatchObject({ retries: 0, disabled: false });
});

test.each([
  ['yesterday', /--to yesterday is no time/],
  ['2099-01-01T00:00:00Z', /is still to come/],
])('--to %s is refused before the server is asked', async (time, said) => {
  const { dkron } = await fresh({ name: 'a' });
  const { code, stderr } = await dkron('undo', '--to', time, '--yes');
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
});

test('says that nothing was done since a time', async () => {
  const { dkron } = await fresh({ name: 'a' });
  await dkron('disable', 'a', '--yes');
  const { code, stdout } = await dkron('undo', '--to', '0s ago', '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^nothing was changed since \d{4}-\S+Z on http/);
});

test('takes back one operation that is named, but for what came after it', async () => {
  const { dkron, job } = await fresh({ name: 'a' }, { name: 'b' });
  await dkron('edit', 'a', 'b', '--set', 'retries=3', '--yes');
  await dkron('disable', 'b', '--yes');
  const [, , line] = (await dkron('journal')).stdout.split('\n');
  const { code, stdout } = await dkron('undo', '--operation', line!.split(' ')[0]!, '--yes');
  expect(stdout).toContain('stays as it is: changed again since\n');
  expect(stdout).toContain('b: stays as it is; --even-changed undoes that too');
  expect(code).toBe(4);
  expect(await job('a')).toMatchObject({ retries: 0 });
  expect(await job('b')).toMatchObject({ retries: 3, disabled: true });
  const none = await dkron('undo', '--operation', 'nobody', '--yes');
  expect(none).toMatchObject({ code: 8, stderr: expect.stringContaining('no operation') });
});

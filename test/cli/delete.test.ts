import { expect, test } from 'vitest';
import { openJournal } from '../../src/journal/file.ts';
import { lastOperation } from '../support/journal.ts';
import { keptAt } from '../support/kept.ts';
import { fresh } from './fresh.ts';
import { places } from './run.ts';

test('deletes children before their parents, and says whose history goes with them', async () => {
  const { dkron, names } = await fresh(
    { name: 'job' },
    { name: 'a-child', parent_job: 'job', schedule: '' },
    { name: 'job-too' },
  );
  const { code, stdout } = await dkron('delete', 'job', 'a-child', '--yes');
  expect(code).toBe(0);
  expect(stdout).toContain('so are those of job-too, whose names begin the same');
  expect(stdout).toContain('2 jobs deleted and verified');
  expect(await names()).toEqual(['job-too']);
});

test('keeps the definitions in the journal, and undo writes them again', async () => {
  const { dkron, job, url } = await fresh(
    { name: 'parent', metadata: { big: '9223372036854775808' } },
    { name: 'child', parent_job: 'parent', schedule: '', retries: 3 },
  );
  await dkron('delete', 'child', 'parent', '--yes');
  const kept = await lastOperation(openJournal((await keptAt(places, url)).journal));
  expect(kept.map(({ job: name, action }) => [name, action])).toEqual([
    ['child', 'delete'],
    ['parent', 'delete'],
  ]);
  expect((await dkron('undo', '--yes')).stdout).toContain('2 jobs written and verified');
  expect(await job('parent')).toMatchObject({
    metadata: { big: '9223372036854775808' },
    dependent_jobs: ['child'],
  });
  expect(await job('child')).toMatchObject({ retries: 3, parent_job: 'parent' });
});

test('deletes none of several when one has to stay', async () => {
  const { dkron, names } = await fresh(
    { name: 'other' },
    { name: 'parent' },
    { name: 'child', parent_job: 'parent', schedule: '' },
  );
  const { code, stderr } = await dkron('delete', 'other', 'parent', '--yes');
  expect(code).toBe(9);
  expect(stderr).toContain('parent: it has children: child');
  expect(await names()).toEqual(['child', 'other', 'parent']);
});

test('a job that is not there is an error', async () => {
  const { dkron } = await fresh();
  expect((await dkron('delete', 'nobody', '--yes')).code).toBe(8);
});

/** Jobs of Dkron 0 and 1: they open, and it is said what a Dkron of today drops or refuses. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findingText } from '../../../src/job/lint/finding.ts';
import { checkJob } from '../../../src/job/lint/lint.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { reasonOf } from '../../../src/snapshot/file/contents.ts';
import { readJobFiles } from '../../../src/snapshot/file/read.ts';

const now = instantFromMillis(Date.parse('2026-11-21T14:31:29Z'));

/** What is said of each job of a file, those that cannot be read without the file's name. */
async function said(content: string) {
  const folder = await mkdtemp(join(tmpdir(), 'old-jobs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'f');
  await writeFile(path, content);
  const { jobs, unreadable } = await readJobFiles([path]);
  return {
    open: Object.fromEntries(
      jobs.map((job) => [job.name, checkJob(job, { now, version: '4.1.2' }).map(findingText)]),
    ),
    blocked: Object.fromEntries(
      unreadable.map((one) => [one.name, reasonOf(one).slice(path.length + 2)]),
    ),
  };
}

const quoted = 'must be text in quotes: Dkron takes no numbers, flags or lists here';

test('of before 0.12, with a command of their own', async () => {
  const job = {
    name: 'Backup_DB',
    schedule: '*/5 * * * *',
    shell: true,
    command: 'pg_dump > /b',
    environment_variables: ['A=b'],
    owner: 'ops',
    tags: { role: 'db:1' },
    last_success: '0001-01-01T00:00:00Z',
  };
  expect(await said(JSON.stringify([job]))).toEqual({
    open: {
      Backup_DB: [
        'shell: is not a field of a job: Dkron drops it; since 0.12 it is executor_config.shell of the shell executor, "true" in quotes',
        'command: is not a field of a job: Dkron drops it; since 0.12 it is executor_config.command of the shell executor',
        'environment_variables: is not a field of a job: Dkron drops it; since 0.12 it is executor_config.env of the shell executor, KEY=value,KEY=value',
        "name: name contains illegal character 'B'; write backup_db",
        expect.stringMatching(/^schedule: .* found 5: .*; write 0 \*\/5 \* \* \* \*$/),
        'executor: without an executor every run fails',
      ],
    },
    blocked: {},
  });
});

test('of 1, whose processors have values of every kind', async () => {
  const file = join(import.meta.dirname, '../../data/jobs/dkron-11.json');
  const hangs = expect.stringMatching(/^concurrency: without executor_config.timeout /);
  expect(await said(await readFile(file, 'utf8'))).toEqual({
    open: { 'report-a': [hangs], 'report-c': [hangs] },
    blocked: {
      'report-b': expect.stringMatching(
        `^line 3, column \\d+: processors.files.forward ${quoted}$`,
      ),
    },
  });
});

test('whatever one of them has, the others open', async () => {
  const good =
    '{"name":"good","schedule":"@daily","executor":"shell","executor_config":{"command":"true"}}';
  for (const bad of [
    '{"name":"bad","executor_config":{"shell":true}}',
    '{"name":"bad","tags":["role:web"]}',
    '{"name":"bad","retries":"3"}',
    '{"name":"bad","last_success":null,"disabled":"false"}',
    '{"name":"bad","dependent_jobs":"x","processors":[]}',
    '{"name":"bad","expires_at":""}',
  ])
    for (const content of [`[${bad},${good}]`, `${good}\n${bad}\n`]) {
      const { open, blocked } = await said(content);
      expect(open).toEqual({ good: [] });
      expect(Object.keys(blocked)).toEqual(['bad']);
    }
});

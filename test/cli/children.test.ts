import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { run } from './run.ts';

test('a parent that lists a child twice is told, and the exit code with it', async () => {
  const demo = await startDemo({ empty: true });
  const folder = await mkdtemp(join(tmpdir(), 'cli-children-'));
  onTestFinished(async () => {
    await demo.close();
    await rm(folder, { recursive: true });
  });
  const job = (name: string, more: object) => ({
    name,
    schedule: '@manually',
    executor: 'shell',
    executor_config: { command: 'true' },
    ...more,
  });
  const create = (name: string, child: string) =>
    fetch(`${demo.url}/v1/jobs`, {
      method: 'POST',
      body: JSON.stringify(job(name, { dependent_jobs: [child] })),
    });
  const apply = async (name: string, parent: string, ...flags: string[]) => {
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(job(name, { parent_job: parent })));
    return run(['apply', file, '--yes', '--url', demo.url, ...flags]);
  };

  await create('night', 'report');
  const told = await apply('report', 'night');
  expect(told.code).toBe(4);
  expect(told.stdout).toContain(
    'night lists its child report more than once: report runs as often after each run of it\n' +
      '  Give report no parent, then night again.\n',
  );

  await create('day', 'sums');
  const { code, stdout } = await apply('sums', 'day', '--json');
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({
    results: [{ name: 'sums', outcome: 'written' }],
    faults: [{ parent: 'day', child: 'sums', fault: 'twice' }],
  });

  await apply('evening', '');
  const fine = await apply('child', 'evening', '--json');
  expect(fine.code).toBe(0);
  expect(JSON.parse(fine.stdout)).not.toHaveProperty('faults');
});

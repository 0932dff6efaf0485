import { expect, test } from 'vitest';
import { checkJob } from '../../src/job/lint/lint.ts';
import { jobFrom, templates } from '../../src/job/templates.ts';

test.each(templates)(
  '%s is a job that Dkron takes, and only lacks what it is about',
  (template) => {
    const job = jobFrom(template, 'new');
    expect(job).toMatchObject({ name: 'new', executor: template, schedule: '@manually' });
    const problems = checkJob(job, { now: 0n }).map(({ path, level }) => `${level} ${path}`);
    expect(problems).toEqual([
      `warning executor_config.${template === 'http' ? 'url' : 'command'}`,
    ]);
  },
);

test('no two jobs share their settings', () => {
  const [one, two] = [jobFrom('shell', 'one'), jobFrom('shell', 'two')];
  one.executor_config!['command'] = 'true';
  expect(two.executor_config).toMatchObject({ command: '' });
});

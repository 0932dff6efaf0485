import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringifyJson } from '../../src/base/json.ts';
import { definition } from '../../src/job/compare.ts';
import { jobsFromText } from '../../src/job/job-file.ts';
import { wholeJob } from '../../src/job/whole.ts';
import { jobToYaml } from '../../src/job/yaml.ts';
import { aJob } from './a-job.ts';
import { anyText } from './json.ts';

const one = wholeJob({
  name: 'one',
  schedule: '@daily',
  executor: 'shell',
  executor_config: { command: 'true', timeout: '30' },
});
const two = wholeJob({ name: 'two', parent_job: 'one' });

const yaml = `name: one
schedule: "@daily"
executor: shell
executor_config:
  command: true
  timeout: 30
`;
const json = `{
  "name": "one",
  "schedule": "@daily",
  "executor": "shell",
  "executor_config": {"command": "true", "timeout": "30"},
  "status": "failed",
  "next": "2026-11-23T07:00:00Z"
}`;

describe('jobsFromText', () => {
  it.each([
    ['a job in YAML', yaml, 'job.yaml', [one]],
    ['a job in JSON', json, 'job.json', [one]],
    ['JSON from a pipe', json, '-', [one]],
    ['YAML from a pipe', yaml, '-', [one]],
    ['JSON that says it is YAML', json, 'job.yml', [one]],
    ['a list in JSON', `[${json}, {"name": "two", "parent_job": "one"}]`, 'jobs.json', [one, two]],
    ['a list in YAML', '- {name: two, parent_job: one}', 'jobs.yaml', [two]],
    ['several documents', `${yaml}---\nname: two\nparent_job: one\n---\n`, 'jobs.yaml', [one, two]],
    ['JSON with a byte order mark', `\ufeff${json}`, 'job.json', [one]],
  ])('reads %s', (_, text, filename, jobs) => {
    expect(jobsFromText(text, filename)).toEqual({ jobs });
  });

  it('reads what the editor was given', () => {
    const job = aJob({ tags: { a: '1' }, executor_config: { command: 'a\nb' } });
    expect(jobsFromText(jobToYaml(job), 'job.yaml')).toEqual({
      jobs: [wholeJob({ ...definition(job), metadata: {} })],
    });
  });

  it('keeps fields that it does not know, numbers as written', () => {
    for (const [text, filename] of [
      ['{"name":"a","limit":9223372036854775808}', 'a.json'],
      ['name: a\nlimit: 9223372036854775808', 'a.yaml'],
    ] as const)
      expect(stringifyJson(jobsFromText(text, filename))).toContain('"limit":9223372036854775808');
  });

  it.each([
    ['', 'a.yaml', 1, 1, 'there is no job in the file'],
    ['[]', 'a.json', 1, 1, 'there is no job in the file'],
    ['{"name": "a",}', 'a.json', 1, 13, 'this comma has nothing behind it'],
    ['- name: a\n- 7', 'a.yaml', 2, 3, 'this is no job'],
    ['[\n  {"schedule": "@daily"}]', 'a.json', 2, 3, 'this job has no name'],
    ['name: a\nretries: many', 'a.yaml', 2, 10, 'retries must be a whole number, 0 or more'],
    [
      '[{"name": "a"},\n {"name": "b", "executor_config": {"timeout": 30}}]',
      'a.json',
      2,
      47,
      'executor_config.timeout must be text in quotes: Dkron takes no numbers, flags or lists here',
    ],
    ['name: a\n---\nname: a', 'a.yaml', 3, 7, 'a stands in the file twice'],
    ['name: a\n b: c', 'a.yaml', 1, 7, 'Nested mappings are not allowed in compact mappings'],
  ])('says where %j is wrong', (text, filename, line, column, message) => {
    const result = jobsFromText(text, filename);
    expect(result).toMatchObject({ errors: [{ line, column, message }] });
  });

  it('takes any text under any name', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('a.json', 'a.yaml', '-'), (text, filename) => {
        expect(Object.keys(jobsFromText(text, filename))).toHaveLength(1);
      }),
    );
  });
});

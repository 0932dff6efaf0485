import { describe, expect, it } from 'vitest';
import {
  choicesAt,
  editablePaths,
  isLong,
  jobWith,
  textAt,
} from '../../../src/console/editors/field-values.ts';
import { pathOf } from '../../../src/job/field-path.ts';
import { aJob } from '../../support/jobs.ts';

const body = '{"b":1,"a":[]}';
const job = aJob({
  name: 'a',
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://x/', body, own: 'thing' },
  tags: { role: 'web' },
});

describe('what can be edited', () => {
  const paths = editablePaths(job).map(pathOf);

  it('is what belongs to the operator, but for the name', () => {
    expect(paths).toEqual(expect.arrayContaining(['schedule', 'timezone', 'tags', 'retries']));
    for (const not of ['name', 'success_count', 'status', 'next', 'executor_config'])
      expect(paths).not.toContain(not);
  });

  it('is every setting of the executor, those that are set and those that could be, once', () => {
    for (const one of ['method', 'timeout', 'own'])
      expect(paths.filter((path) => path === `executor_config.${one}`)).toHaveLength(1);
    const other = editablePaths(aJob({ executor: 'own', executor_config: { x: '1' } })).map(pathOf);
    expect(other.filter((path) => path.startsWith('executor_config'))).toEqual([
      'executor_config.x',
    ]);
    const none = editablePaths({ ...job, executor: 'own', executor_config: null }).map(pathOf);
    expect(none.filter((path) => path.startsWith('executor_config'))).toEqual([]);
  });
});

describe('a value as text', () => {
  it.each<[string[], string]>([
    [['retries'], '0'],
    [['disabled'], 'false'],
    [['executor_config', 'method'], 'GET'],
    [['executor_config', 'timeout'], ''],
    [['executor_config', 'body'], '{\n  "b": 1,\n  "a": []\n}'],
    [['success_count'], ''],
  ])('of %j is %j', (keys, text) => {
    expect(textAt(job, keys)).toBe(text);
  });

  it('of a body that is none is nothing', () => {
    const { executor_config: config, ...rest } = job;
    expect(textAt({ ...rest, executor_config: null }, ['executor_config', 'body'])).toBe('');
    expect(config?.['body']).toBe(body);
  });
});

describe('the job with what a text means', () => {
  const config = (keys: string[], text: string): unknown => {
    const read = jobWith(job, keys, text);
    return 'error' in read ? read.error : read.job.executor_config;
  };

  it('has the value, or says why it means none', () => {
    expect(jobWith(job, ['retries'], '3')).toEqual({ job: { ...job, retries: 3 } });
    expect(jobWith(job, ['retries'], 'x')).toHaveProperty('error');
    expect(jobWith(job, ['success_count'], '1')).toEqual({
      error: expect.stringContaining('success_count'),
    });
  });

  it('has no setting where nothing is typed; a field of its own may be empty', () => {
    expect(config(['executor_config', 'own'], '')).not.toHaveProperty('own');
    expect(config(['executor_config', 'own'], 'x')).toHaveProperty('own', 'x');
    expect(config(['executor_config', 'body'], '')).not.toHaveProperty('body');
    expect(jobWith(job, ['owner'], '')).toEqual({ job: { ...job, owner: '' } });
  });

  it('has a body as it is stored, changed only where it was', () => {
    const typed = textAt(job, ['executor_config', 'body']).replace('1', '2');
    expect(config(['executor_config', 'body'], typed)).toHaveProperty('body', '{"b":2,"a":[]}');
  });
});

describe('how a value is edited', () => {
  it.each<[string[], boolean]>([
    [['executor_config', 'body'], true],
    [['executor_config', 'headers'], true],
    [['tags'], true],
    [['owner'], false],
    [['retries'], false],
    [['success_count'], false],
  ])('%j in several lines: %s', (keys, long) => {
    expect(isLong(job, keys)).toBe(long);
  });

  it.each<[string[], boolean | null]>([
    [['disabled'], false],
    [['concurrency'], false],
    [['executor'], true],
    [['owner'], null],
    [['timezone'], null],
    [['success_count'], null],
  ])('%j from a list, in which something else may stand: %s', (keys, open) => {
    const choices = choicesAt(job, keys);
    expect(choices?.open ?? null).toBe(open);
    if (choices !== null) expect(choices.values.length).toBeGreaterThan(1);
  });
});

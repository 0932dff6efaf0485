import { describe, expect, it } from 'vitest';
import { editablePaths } from '../../../src/console/editors/field-values.ts';
import { drafted, isAt, judgeText } from '../../../src/console/editors/judging.ts';
import { aroundOf } from '../../../src/console/state/around.ts';
import { warning } from '../../../src/job/lint/finding.ts';
import { aJob } from '../../support/jobs.ts';
import { now, showing } from '../states.ts';

const around = aroundOf(showing([]));

it.each([
  ['schedule', true],
  ['schedule.minute', true],
  ['scheduled', false],
  ['name', false],
])('what is said of %s is at schedule: %s', (path, is) => {
  expect(isAt('schedule', warning('never', path, ''))).toBe(is);
});

describe('a text in a field', () => {
  const job = aJob({ executor: 'http', executor_config: { method: 'GET', url: 'http://a/' } });

  it('means no value, or is refused, or both are well', () => {
    expect(judgeText(job, ['retries'], 'many', around)).toEqual({
      error: expect.stringContaining('whole number'),
      findings: [],
    });
    const refused = judgeText(job, ['schedule'], 'whenever', around);
    expect(refused.refused).toMatchObject({ level: 'error', path: 'schedule' });
    expect(judgeText(job, ['owner'], 'me', around)).toEqual({ findings: [] });
  });

  it('is not held against it that something else was wrong before', () => {
    const bad = { ...job, schedule: 'whenever' };
    expect(judgeText(bad, ['owner'], 'me', around)).toEqual({ findings: [] });
    // Of its own field all is told, also what was wrong before; it can be saved as it was.
    const same = judgeText(bad, ['schedule'], 'whenever', around);
    expect(same.findings).toMatchObject([{ path: 'schedule' }]);
    expect(same.refused).toBeUndefined();
  });

  it('is told what it brings to other fields', () => {
    const { findings } = judgeText(job, ['executor'], 'nowhere', around);
    expect(findings.length).toBeGreaterThan(0);
    const child = judgeText(job, ['parent_job'], job.name, around);
    expect(child.findings.map(({ path }) => path)).toContain('parent_job');
  });
});

describe('a job with its drafts', () => {
  const job = aJob({ name: 'a', schedule: '@hourly', timezone: 'UTC', retries: 1 });
  const typed = (text: string) => ({ text, base: '', at: now });
  const of = (drafts: Record<string, string>) =>
    drafted(
      job,
      editablePaths(job),
      new Map(Object.entries(drafts).map(([path, text]) => [`a:${path}`, typed(text)])),
      around,
    );

  it('has the text of each, and what is wrong with one that means nothing', () => {
    const { texts, errors } = of({ retries: 'many', owner: 'me' });
    expect(Object.fromEntries(texts)).toEqual({ retries: 'many', owner: 'me' });
    expect([...errors.keys()]).toEqual(['retries']);
  });

  it('is judged as all of them would make it', () => {
    expect(of({ owner: 'me' }).findings).toMatchObject([{ rule: 'zone-ignored' }]);
    const { findings } = of({ schedule: JSON.stringify({ schedule: 'never', timezone: 'UTC' }) });
    expect(findings).toMatchObject([{ path: 'schedule', level: 'error' }]);
  });

  it.each([
    ['@daily', 'UTC', { schedule: '@daily' }],
    ['@hourly', 'Asia/Tokyo', { timezone: 'Asia/Tokyo' }],
    ['@daily', 'Asia/Tokyo', { schedule: '@daily', timezone: 'Asia/Tokyo' }],
    ['@hourly', 'UTC', {}],
  ])('has of a schedule %s in %s what differs', (schedule, timezone, texts) => {
    const draft = of({ schedule: JSON.stringify({ schedule, timezone }) });
    expect(Object.fromEntries(draft.texts)).toEqual(texts);
  });

  it('takes none of another job', () => {
    const other = new Map([['b:owner', typed('me')]]);
    expect(drafted(job, editablePaths(job), other, around).texts.size).toBe(0);
  });
});

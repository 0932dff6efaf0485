import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/config/drafts.ts';
import {
  changedSince,
  isBlank,
  textFor,
  withoutHead,
} from '../../../src/console/effects/editor-text.ts';
import { jobToYaml } from '../../../src/job/file/yaml.ts';
import type { Job } from '../../../src/job/job.ts';
import { stringifyJson } from '../../../src/json/numbers.ts';
import { aJob } from '../../support/jobs.ts';

const job = aJob({ name: 'a', owner: 'ops', retries: 1 });
const draftOf = (text: string, base: Job | string = job): Draft => ({
  text,
  base: typeof base === 'string' ? base : stringifyJson(base),
  at: 0,
});
const head = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('#|'));

describe('what the editor is given', () => {
  it('is the job; a draft says that it is one, and how old', () => {
    expect(textFor(job, undefined, 0)).toBe(jobToYaml(job));
    const mine = jobToYaml({ ...job, owner: 'me' });
    const text = textFor(job, draftOf(mine), 300_000);
    expect(withoutHead(text)).toBe(mine);
    expect(head(text)).toHaveLength(2);
    expect(head(text)[0]).toContain('5m');
  });

  it('is the job alone where the draft says nothing else', () => {
    expect(textFor(job, draftOf(jobToYaml(job)), 0)).toBe(jobToYaml(job));
  });

  it('has in it what was changed on the server meanwhile, and says so', () => {
    const mine = jobToYaml({ ...job, owner: 'me' });
    const text = textFor({ ...job, retries: 2, timezone: 'UTC' }, draftOf(mine), 0);
    expect(withoutHead(text)).toBe(jobToYaml({ ...job, owner: 'me', retries: 2, timezone: 'UTC' }));
    expect(head(text)).toHaveLength(3);
    expect(head(text)[1]).toMatch(/timezone, retries|retries, timezone/);
  });

  it('keeps the draft where both changed the same, and says what the server has', () => {
    const mine = jobToYaml({ ...job, owner: 'me' });
    const text = textFor({ ...job, owner: 'you' }, draftOf(mine), 0);
    expect(withoutHead(text)).toBe(mine);
    expect(head(text)).toHaveLength(3);
    expect(head(text)[1]).toMatch(/owner.*"me".*"you"/);
    const long = textFor({ ...job, owner: 'y'.repeat(80) }, draftOf(mine), 0);
    expect(head(long)[1]).toContain(`"${'y'.repeat(58)}…`);
    const fits = textFor({ ...job, owner: 'y'.repeat(58) }, draftOf(mine), 0);
    expect(head(fits)[1]).toContain(`"${'y'.repeat(58)}"`);
  });

  it('leaves a draft with errors as it is, and says that the changes are not in it', () => {
    const text = textFor({ ...job, retries: 2 }, draftOf('retries: ['), 0);
    expect(withoutHead(text)).toBe('retries: [');
    expect(head(text)[1]).toContain('retries');
  });

  it('takes a draft as it is where nobody knows what it was made from', () => {
    for (const base of ['', '{', 'null', '1', '{"name":1}']) {
      expect(changedSince(draftOf('x', base), { ...job, retries: 2 })).toEqual([]);
      const text = textFor({ ...job, retries: 2 }, draftOf('owner: me\n', base), 0);
      expect([withoutHead(text), head(text).length]).toEqual(['owner: me\n', 2]);
    }
  });
});

it.each([
  ['', true],
  [' \n\t\n', true],
  ['# a comment\n---\n...\n', true],
  ['--- \n', true],
  ['name: a', false],
  ['--- a', false],
  ['#\n-\n', false],
])('%j is blank: %s', (text, blank) => {
  expect(isBlank(text)).toBe(blank);
});

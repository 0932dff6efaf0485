import { expect, it } from 'vitest';
import { summaryOf } from '../../../src/console/effects/summary.ts';
import type { RestoreOutcome, RestoreResult } from '../../../src/plan/model.ts';

const result = (
  name: string,
  outcome: RestoreOutcome,
  fields: Partial<RestoreResult> = {},
): RestoreResult => ({ name, outcome, message: outcome, ...fields });

it('of one job is what became of it, and how that is taken back', () => {
  expect(summaryOf([result('a', 'written')])).toEqual({
    text: 'a: written (u undoes)',
    ok: true,
  });
  expect(summaryOf([result('a', 'written')], { hint: null }).text).toBe('a: written');
  expect(summaryOf([result('a', 'same')])).toEqual({ text: 'a: same', ok: true });
  expect(summaryOf([result('a', 'refused')])).toEqual({ text: 'a: refused', ok: false });
});

it('of a job that was run and failed is no success', () => {
  const failed = result('a', 'written', { action: 'run', runFailed: true });
  expect(summaryOf([failed], { hint: null }).ok).toBe(false);
});

it('of several is how many came to what, and what of those that did not', () => {
  const some = [result('a', 'written'), result('b', 'written')];
  const good = summaryOf(some);
  expect(good.ok).toBe(true);
  expect(good.text).toMatch(/\b2\b.* \(u undoes\)$/);
  const bad = summaryOf([...some, result('c', 'refused'), result('d', 'unknown')]);
  expect(bad.ok).toBe(false);
  expect(bad.text).toMatch(/ \(u undoes\) · c: refused · d: unknown$/);
  const rows = summaryOf([...some, result('c', 'refused')], { each: false });
  expect(rows.text).toMatch(/ \(u undoes\) · their rows say why$/);
  expect(summaryOf([result('c', 'refused'), result('d', 'refused')]).text).not.toContain('undoes');
});

it('is no success where a parent does not list its children as it should', () => {
  const fault = {
    parent: 'p',
    fault: 'twice',
    child: 'c',
    message: 'p lists c',
    next: 'Move c.',
  } as const;
  expect(summaryOf([result('a', 'written')], { faults: [fault] })).toEqual({
    text: 'a: written (u undoes) · p lists c · Move c.',
    ok: false,
  });
  expect(summaryOf([result('a', 'written')], { faults: [fault, fault, fault] }).text).toMatch(
    /Move c\. · 1 more like this$/,
  );
});

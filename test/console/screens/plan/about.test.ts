import { describe, expect, it } from 'vitest';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { State, TextScreen } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { diffJobs } from '../../../../src/job/compare.ts';
import { warning } from '../../../../src/job/lint/finding.ts';
import type { CheckedItem, RestoreOutcome } from '../../../../src/plan/model.ts';
import { aJob } from '../../../support/jobs.ts';
import { planItem } from '../../../support/plan-items.ts';
import { linesOf, press, showing, told, type } from '../../states.ts';

const seen = aJob({
  name: 'etl',
  metadata: { token: 'sesame-1' },
  executor: 'http',
  executor_config: { url: 'https://bob:hunter2@here/x', body: '{"a":1,"password":"pw-1"}' },
});
const job = {
  ...seen,
  metadata: { token: 'sesame-2' },
  executor_config: { url: 'https://bob:hunter3@here/y', body: '{"a":2,"password":"pw-2"}' },
};
const change = planItem('etl', 'change', {
  ...{ job, seen, changes: diffJobs(seen, job), why: 'token, url, body' },
  findings: [warning('never', 'schedule', 'it never runs')],
});
const secret = /sesame|hunter|pw-/;
const open = (...items: readonly CheckedItem[]): State =>
  pushPlan(showing([]), { id: 'x', title: 'A plan', plan: { items } });
const shown = (state: State): string => linesOf(state, { columns: 160, rows: 50 }).join('\n');
const text = (state: State): TextScreen => topScreen(state) as TextScreen;

describe('credentials', () => {
  it.each<[string, CheckedItem]>([
    ['changed', change],
    ['new', planItem('etl', 'new', { job })],
    ['deleted', planItem('etl', 'delete', { job: seen, seen })],
  ])('of a job that is %s show only when x asked for them', (_, item) => {
    const state = open(item);
    expect(shown(state)).toContain('••••');
    expect(shown(state)).not.toMatch(secret);
    expect(shown(press(state, 'x'))).toMatch(/sesame-/);
    expect(shown(press(state, 'x'))).toMatch(/hunter/);
    expect(shown(press(state, 'x', 'x'))).not.toMatch(secret);
  });

  it('are hidden in the whole difference as well, and stay as they were when it opened', () => {
    const whole = press(open(change), 'd');
    expect(text(whole).text).toContain('metadata.token');
    expect(text(whole).text).not.toMatch(secret);
    expect(text(press(open(change), 'x', 'd')).text).toMatch(/sesame-2/);
  });
});

describe('all there is to say of a job', () => {
  it('opens as a text that is searched, also where six lines of it show', () => {
    const whole = press(open(change), 'd');
    expect(text(whole)).toMatchObject({ kind: 'text', what: 'difference', title: 'etl' });
    const lines = text(whole).text!.split('\n');
    expect(lines[0]).toBe(' ! schedule: it never runs');
    expect(lines.filter((line) => /executor_config\.url/.test(line))).toHaveLength(1);
    expect(text(press(whole, '/', ...type('"a": 2'), 'enter'))).toMatchObject({ match: 0 });
    const back = press(whole, 'esc');
    expect(topScreen(back)).toEqual(topScreen(open(change)));
  });

  it('is why there is nothing to compare, and nothing where there is no job', () => {
    const held = open(planItem('lost', 'blocked', { why: 'its parent is nowhere' }));
    expect(text(press(held, 'd')).text).toBe('its parent is nowhere');
    const same = open(planItem('one', 'same'), planItem('two', 'same'));
    expect(press(same, 'd').flash?.text).toBe('difference: no job under the cursor');
  });

  it.each<[RestoreOutcome, string]>([
    ['refused', '✗ failed: the server said no'],
    ['changed', '✗ failed: the server said no'],
    ['unknown', '? not known: the server said no'],
    ['skipped', '– skipped: the server said no'],
  ])('begins with why it is %s, whole', (outcome, words) => {
    const message = `the server said no ${'at length '.repeat(20)}and that is why`;
    const failed = told(
      open(change),
      { type: 'progress', results: [{ name: 'etl', outcome, message }], total: 1 },
      { type: 'applied', text: '', ok: false },
    );
    const lines = linesOf(failed);
    const pane = lines.slice(lines.findIndex((line) => line.startsWith('─ difference')) + 1);
    expect(pane[0]).toContain(words);
    expect(pane.map((line) => line.trim()).join(' ')).toContain('at length and that is why');
    expect(text(press(failed, 'd')).text).toContain('and that is why');
  });

  it('says no failure of what was done', () => {
    const done = told(
      open(change),
      {
        type: 'progress',
        results: [{ name: 'etl', outcome: 'written', message: 'done so' }],
        total: 1,
      },
      { type: 'applied', text: '', ok: true },
    );
    expect(text(press(done, 'd')).text).not.toContain('done so');
  });
});

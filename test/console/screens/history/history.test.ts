import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { update } from '../../../../src/console/update/update.ts';
import type { Job } from '../../../../src/job/job.ts';
import type { Change, Sighting } from '../../../../src/journal/history/seen.ts';
import { stepsOf } from '../../../../src/journal/history/steps.ts';
import type { History } from '../../../../src/snapshot/history/history.ts';
import { aJob, textOf } from '../../../support/jobs.ts';
import { effectsOf, linesOf, now, press, showing, told } from '../../states.ts';

const hour = 3_600_000;
const job = (fields: Partial<Job>): Job => aJob({ name: 'a', ...fields });
const live = job({ retries: 3 });

const saw = (ago: number, state: Job | null): Sighting => ({
  at: now - ago * hour,
  state: state && textOf(state),
  source: ago === 0 ? { kind: 'server', id: 'now' } : { kind: 'snapshot', id: `s${ago}` },
});
const change: Change = {
  id: 'c1',
  at: now - 2 * hour,
  until: now - 2 * hour,
  before: textOf(job({ retries: 1 })),
  after: textOf(job({ retries: 2 })),
  certain: true,
  who: 'ann@laptop',
};

const history = (fields: Partial<History> = {}): History => ({
  name: 'a',
  steps: stepsOf(
    [saw(9, job({})), saw(5, null), saw(4, job({ retries: 1 })), saw(0, live)],
    [change],
  ),
  snapshots: 3,
  changes: 1,
  passedOver: [],
  unreadable: [],
  ...fields,
});

const asked = press(showing([live]), 'L');
const arrived = (fields: Partial<History> = {}): State =>
  told(asked, { type: 'history', name: 'a', history: history(fields) });

describe('the history of a job', () => {
  it('is asked for by L, on the jobs and on the job, and by name for one that is gone', () => {
    expect(effectsOf(showing([live]), 'L')).toEqual([{ type: 'read-history', name: 'a' }]);
    expect(effectsOf(press(showing([live]), 'enter'), 'L')).toEqual([
      { type: 'read-history', name: 'a' },
    ]);
    const gone = press(showing([live]), ':', ...'log gone');
    expect(effectsOf(gone, 'enter')).toEqual([{ type: 'read-history', name: 'gone' }]);
    expect(topScreen(press(showing([]), 'L')).kind).toBe('jobs');
  });

  it('says that it is read, over how many snapshots it is, and why there is none', () => {
    expect(linesOf(asked)[3]).toBe('   reading snapshots and journal…');
    expect(linesOf(arrived())[1]).toMatch(/^ History of a {2}over 3 snapshots/);
    const none = told(asked, { type: 'history', name: 'a', history: history({ steps: [] }) });
    expect(linesOf(none)[3]).toContain('No snapshot has this job yet');
    const broken = told(asked, { type: 'history', name: 'a', history: null, problem: 'no folder' });
    expect(linesOf(broken)[3]).toBe('   no folder');
    const other = told(asked, { type: 'history', name: 'b', history: history() });
    expect(linesOf(other)[3]).toContain('reading');
  });

  it('lists the steps with their moments, and below them what the one under the cursor changed', () => {
    const lines = linesOf(arrived(), { columns: 120 });
    expect(lines.slice(3, 8).map((line) => line.replace(/ {2,}/g, '  ').trim())).toEqual([
      '▌  12:31:29 – now  changed  retries 2 → 3',
      '12:31:29  changed  retries 1 → 2  ann@laptop',
      '09:31:29 – 10:31:29  came back',
      '05:31:29 – 09:31:29  deleted',
      'before 05:31:29  first seen',
    ]);
    expect(lines.slice(9, 11)).toEqual([
      '  retries                − 2',
      '                         + 3',
    ]);
    expect(lines.join('\n')).toContain('as in the server now');
    expect(linesOf(press(arrived(), 'j')).join('\n')).toContain('as in the journal');
    expect(linesOf(press(arrived(), 'j', 'j')).join('\n')).toContain('as in s4');
  });

  it('says how many snapshots could not be read', () => {
    const passedOver = [{ snapshot: 's7', why: 'it is cut off' }];
    const lines = linesOf(arrived({ passedOver, unreadable: ['x'] }), { columns: 160 });
    expect(lines.join('\n')).toContain(
      '1 snapshot cannot be read (s7: it is cut off) · 1 entry of the journal cannot be read',
    );
  });

  it('hides credentials', () => {
    const secret = (token: string) => job({ metadata: { token } });
    const steps = stepsOf([saw(2, secret('s3cret1')), saw(1, secret('s3cret2'))], []);
    const state = arrived({ steps });
    for (const shown of [state, press(state, 'enter'), press(state, 'G')]) {
      expect(linesOf(shown).join('\n')).toContain('metadata.token');
      expect(linesOf(shown).join('\n')).not.toContain('s3cret');
    }
  });

  it('shows the whole difference as a text', () => {
    const screen = topScreen(press(arrived(), 'enter'));
    expect(screen).toMatchObject({ kind: 'text', what: 'difference', job: 'a' });
    expect(screen).toHaveProperty('text', expect.stringMatching(/retries +− 2\n +\+ 3$/));
  });

  it('has a plan that makes the job what it was, and none where there was no job', () => {
    const plan = topScreen(press(arrived(), 'j', 'R'));
    expect(plan).toMatchObject({ kind: 'plan', plan: { items: [{ name: 'a', kind: 'change' }] } });
    expect(plan).toHaveProperty('plan.items.0.job.retries', 2);
    const deleted = press(arrived(), 'j', 'j', 'j', 'R');
    expect(topScreen(deleted).kind).toBe('history');
    expect(deleted.flash?.text).toContain('the one before it has the definition');
  });

  it('is read again after a job was restored from it, and the cursor stays', () => {
    const planned = press(arrived(), 'j', 'R');
    const [before, after] = [press(arrived(), 'j'), press(planned, 'esc')];
    expect(topScreen(after)).toMatchObject({ kind: 'history', cursor: { key: 'c1' } });
    const [, effects] = update(planned, { type: 'applied', text: 'done', ok: true });
    expect(effects).toContainEqual({ type: 'read-history', name: 'a' });
    const again = told(before, { type: 'history', name: 'a', history: history() });
    expect(topScreen(again)).toMatchObject({ cursor: { key: 'c1' } });
  });
});

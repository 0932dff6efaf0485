import { describe, expect, it } from 'vitest';
import type { MessageOf } from '../../../src/console/state/model.ts';
import { subject, topScreen } from '../../../src/console/state/stack.ts';
import { stepsOf } from '../../../src/journal/history/steps.ts';
import { aJob, textOf } from '../../support/jobs.ts';
import { effectsOf, linesOf, now, press, showing, told, type } from '../states.ts';

const minute = 60_000;
const seen = (minutes: number, retries: number) => ({
  at: now - minutes * minute,
  state: textOf(aJob({ name: 'p', retries })),
  source: { kind: 'snapshot', id: `s${minutes}` } as const,
});
const [step] = stepsOf([seen(60, 0), seen(12, 4)], []);

const answer: MessageOf<'why'> = {
  type: 'why',
  job: 'a',
  why: {
    job: 'a',
    incident: {
      since: now - 10 * minute,
      exact: true,
      lastGood: now - 15 * minute,
      failures: 2,
      until: null,
    },
    before: [
      {
        kind: 'edit',
        id: 'edit',
        at: step!.by,
        job: 'p',
        relation: 'parent',
        step: step!,
        changes: step!.changes,
      },
      {
        kind: 'nodes',
        id: 'nodes',
        at: now - 40 * minute,
        change: {
          ...{ kind: 'leader', from: 'n1', to: 'n2' },
          ...{ after: now - 40 * minute, by: now - 40 * minute },
        },
      },
    ],
    after: [
      {
        kind: 'failing',
        id: 'failing',
        at: now - minute,
        job: 'b',
        relation: null,
        lastGood: null,
      },
    ],
    more: 0,
    sameHost: 0,
    snapshots: 2,
    gaps: ['the snapshot x: it is gone'],
  },
};

const jobs = showing([
  aJob({ name: 'a', parent_job: 'p' }),
  aJob({ name: 'b' }),
  aJob({ name: 'p' }),
]);
const asked = press(jobs, ':', ...type('why a'), 'enter');
const shown = told(asked, answer);

describe('why a job fails', () => {
  it('is asked of the job under the cursor, or of one that is named', () => {
    expect(effectsOf(press(jobs, ':', ...type('why')), 'enter')).toContainEqual({
      type: 'ask-why',
      job: subject(jobs)?.name,
    });
    expect(effectsOf(press(jobs, ':', ...type('why b')), 'enter')).toContainEqual({
      type: 'ask-why',
      job: 'b',
    });
    expect(press(jobs, ':', ...type('why c'), 'enter').flash?.text).toBe('there is no job c');
    expect(linesOf(asked).join('\n')).toContain('looking through runs, snapshots and journal…');
  });

  it('shows the nearest first, and all of it below', () => {
    const lines = linesOf(shown).join('\n');
    expect(lines).toMatch(/fails since .*, 2 firings in a row; went well before/);
    expect(lines).toMatch(/▌ +2m – 50m +p \(parent\) +changed: retries 0 → 4/);
    expect(lines).toMatch(/30m +n2 leads, before it n1/);
    expect(lines).toMatch(/since then +b +fails too/);
    expect(lines).toMatch(/retries +− 0\n.*\+ 4/);
    expect(lines).toContain('not known: the snapshot x: it is gone');
  });

  it('opens the difference of an edit, and a job that fails too', () => {
    expect(topScreen(press(shown, 'enter'))).toMatchObject({
      kind: 'text',
      what: 'difference',
      job: 'p',
    });
    expect(topScreen(press(shown, 'G', 'enter'))).toMatchObject({ kind: 'job', job: 'b' });
    expect(press(shown, 'j', 'enter').flash?.text).toContain('there is no more');
  });

  it('says why there is nothing, and takes no answer for another job', () => {
    const none = { text: 'none of the last 3 firings failed', failed: false };
    const without = told(asked, { type: 'why', job: 'a', why: null, none });
    expect(linesOf(without).join('\n')).toContain(none.text);
    expect(told(asked, { ...answer, job: 'b' })).toEqual(asked);
  });
});

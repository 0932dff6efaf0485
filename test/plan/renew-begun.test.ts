import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Live } from '../../src/dkron/live.ts';
import type { Job } from '../../src/job/job.ts';
import { planRestore, writable } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import { planDisabled } from '../../src/plan/edits.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { asksAbout } from '../../src/plan/policy/choices.ts';
import { plainPolicy } from '../../src/plan/policy/policy.ts';
import { planRename } from '../../src/plan/rename.ts';
import { renewPlan } from '../../src/plan/renew.ts';
import { aJob } from '../support/jobs.ts';

const liveOf = (...jobs: Job[]): Live => ({ jobs, unreadable: [] });
const none: ReadonlySet<string> = new Set();
/** What is left of the plan, of which these jobs are done. */
const planRest = (plan: RestorePlan, done: ReadonlySet<string>, live: Live): RestorePlan =>
  renewPlan(plan, new Set(plan.items.map(({ name }) => name)), live, {
    done,
    since: 'this was begun',
  });
const told = ({ items }: RestorePlan): string[] =>
  items.map(({ name, kind, why }) => `${name} ${kind} ${why}`.trim());

const a = aJob({ name: 'a', retries: 1 });
const b = aJob({ name: 'b', retries: 1 });
const plan = planRestore([{ ...a, retries: 2 }, { ...b, retries: 2 }, aJob({ name: 'c' })], [a, b]);

describe('what is left of a plan', () => {
  it('is what is not done, as it was seen', () => {
    const live = liveOf({ ...a, retries: 2 }, b);
    expect(told(planRest(plan, new Set(['a']), live))).toEqual([
      'a same written before',
      'b change retries 1 → 2',
      'c new',
    ]);
  });

  it('asks nothing that was decided before, and leaves out nothing', () => {
    for (const existing of ['ask', 'skip'] as const) {
      const policy = { ...plainPolicy, existing };
      const rest = planRest({ ...plan, policy }, new Set(['a']), liveOf({ ...a, retries: 2 }, b));
      expect(asksAbout(rest, writable(rest))).toEqual([]);
      expect(writable(rest)).toEqual(['b', 'c']);
    }
  });

  it('is the same without a journal that tells it', () => {
    const live = liveOf({ ...a, retries: 2 }, b);
    expect(told(planRest(plan, none, live))).toEqual(['a same', 'b change retries 1 → 2', 'c new']);
  });

  it('leaves alone what was written, whatever somebody made of it since', () => {
    const live = liveOf(a, { ...b, retries: 9 });
    expect(told(planRest(plan, new Set(['a', 'b', 'c']), live))).toEqual([
      'a same written before, and changed since',
      'b same written before, and changed since',
      'c same written before, and changed since',
    ]);
  });

  it('refuses what somebody else changed, created or deleted, and that alone', () => {
    const three = planRestore([...plan.items.map(({ job }) => job), aJob({ name: 'd' })], [a, b]);
    const live = liveOf({ ...b, owner: 'x' }, aJob({ name: 'c', retries: 5 }));
    expect(told(planRest(three, none, live))).toEqual([
      'd new',
      'a blocked somebody deleted it since this was begun',
      'b blocked somebody changed it since this was begun: owner none → x',
      'c blocked somebody created it since this was begun',
    ]);
  });

  it('says of a job that cannot be read what is wrong with it', () => {
    const live = { jobs: [a], unreadable: [{ name: 'b', why: 'b: no schedule' }] };
    expect(told(planRest(plan, none, live))).toContain('b blocked b: no schedule');
  });

  it('blocks the child of a parent that is gone', () => {
    const child = aJob({ name: 'child', parent_job: 'a', schedule: '' });
    const family = planRestore([{ ...a, retries: 2 }, child], [a]);
    expect(told(planRest(family, none, liveOf()))).toEqual([
      'child blocked parent a is blocked',
      'a blocked somebody deleted it since this was begun',
    ]);
  });

  it('deletes what is there as it was seen, and knows what went already', () => {
    const [c, d] = [aJob({ name: 'c' }), aJob({ name: 'd' })];
    const going = withDeletions({ items: [] }, ['a', 'b', 'c', 'd'], [a, b, c, d]);
    const rest = planRest(going, new Set(['a']), liveOf(c, { ...d, retries: 7 }));
    expect(told(rest).sort()).toEqual([
      'a same deleted before',
      'b same already deleted',
      'c delete its runs are lost',
      'd blocked somebody changed it since this was begun: retries 0 → 7',
    ]);
  });

  it('goes on beside the changes of others where one thing of each job changes', () => {
    const off = planDisabled([a, b], true, liveOf(a, b));
    const rest = planRest(off, none, liveOf({ ...a, retries: 7 }, { ...b, disabled: true }));
    expect(rest).toMatchObject({ merge: true, action: 'disable' });
    expect(rest.items).toMatchObject([
      { name: 'a', kind: 'change', seen: { retries: 7 }, job: { retries: 7, disabled: true } },
      { name: 'b', kind: 'same' },
    ]);
  });

  it('finishes a rename whose copy is there', () => {
    const child = aJob({ name: 'child', parent_job: 'a', schedule: '' });
    const renaming = planRename(a, 'z', liveOf(a, child), { deleteOld: true });
    const copy = { ...a, name: 'z' };
    expect(told(planRest(renaming, new Set(['z']), liveOf(a, child, copy)))).toEqual([
      'z same written before',
      'child change parent_job a → z',
      'a delete its runs are lost',
    ]);
    const moved = { ...child, parent_job: 'z' };
    const last = planRest(renaming, new Set(['z', 'child']), liveOf(a, moved, copy));
    expect([last.first, writable(last)]).toEqual(['z', ['a']]);
  });
});

/** Some jobs, each below one with a smaller number or none. */
const jobs = fc
  .uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 12 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc.record({
          name: fc.constant(`j${number}`),
          retries: fc.integer({ min: 0, max: 2 }),
          parent: fc.constantFrom('', ...numbers.filter((other) => other < number).map(String)),
        }),
      ),
    ),
  )
  .map((all) =>
    all.map(({ name, retries, parent }) =>
      aJob({ name, retries, ...(parent !== '' && { parent_job: `j${parent}`, schedule: '' }) }),
    ),
  );

describe('a plan that was carried out in part', () => {
  it('has left exactly what is not done, and ends as the whole would have', () => {
    fc.assert(
      fc.property(jobs, jobs, fc.nat(), fc.boolean(), (wanted, live, cut, noted) => {
        const whole = planRestore(wanted, live);
        const open = { ...whole, items: whole.items.filter(({ name }) => isOpen(whole, name)) };
        const done = writable(open).slice(0, cut % (writable(open).length + 1));
        const now = new Map(live.map((job) => [job.name, job]));
        for (const { name, job } of open.items) if (done.includes(name)) now.set(name, job);
        const rest = planRest(open, new Set(noted ? done : []), liveOf(...now.values()));
        expect(new Set(writable(rest))).toEqual(
          new Set(writable(open).filter((name) => !done.includes(name))),
        );
        for (const { name, job } of rest.items) now.set(name, job);
        const before = new Map(live.map((job) => [job.name, job]));
        for (const { name, job } of open.items) before.set(name, job);
        expect(now).toEqual(before);
      }),
    );
  });
});

const isOpen = (plan: RestorePlan, name: string): boolean => writable(plan).includes(name);

/** What a plan makes of the door's answers, whatever server stands behind it. */
import { describe, expect, it } from 'vitest';
import {
  NotFound,
  NotSent,
  type OperatorError,
  Paused,
  Refused,
  Unreachable,
} from '../../src/base/errors.ts';
import { NotYet, type WriteResult } from '../../src/dkron/write/result.ts';
import type { Job } from '../../src/job/job.ts';
import { type ApplyOptions, applyPlan } from '../../src/plan/apply.ts';
import { clearAll } from '../../src/plan/clear.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import type { RestorePlan } from '../../src/plan/model.ts';
import { aJob } from '../support/jobs.ts';
import { doorThat, type ToldDoor, written } from './door.ts';

const job = (name: string, fields: Partial<Job> = {}): Job => aJob({ name, ...fields });
const refusal = (error: OperatorError): WriteResult => ({ outcome: 'refused', error });
const no = refusal(new Refused('no'));
const away = refusal(new Unreachable('it is gone'));

/** What became of all that a plan has, as `name: outcome message`. */
async function applied(door: ToldDoor, plan: RestorePlan, options: Partial<ApplyOptions> = {}) {
  const names = new Set(plan.items.map(({ name }) => name));
  const { results } = await applyPlan(door, plan, names, { keep: null, ...options });
  return results.map(({ name, outcome, message }) => `${name}: ${outcome} ${message}`);
}

describe('a plan', () => {
  it('asks the door for nothing but what it writes', async () => {
    const places = [{ file: 'f', line: 1, column: 1 }];
    const plan = planRestore(
      [job('same'), job('new'), job('Bad')],
      [job('same'), job('only-here')],
      { barred: [{ name: 'barred', why: 'it is cut off', places }] },
    );
    const door = doorThat();
    const all = new Set(plan.items.map(({ name }) => name));
    const { results } = await applyPlan(door, plan, all, { keep: null });
    expect(door.came.flat()).toEqual(['new']);
    const told = new Map(results.map(({ name, ...what }) => [name, what]));
    expect(told.get('same')).toEqual({ outcome: 'same', message: 'already up to date' });
    expect(told.get('only-here')?.outcome).toBe('skipped');
    expect(told.get('barred')).toEqual({ outcome: 'refused', message: 'it is cut off', places });
    expect(told.get('Bad')).not.toHaveProperty('places');
    expect(results.map(({ name }) => name)).toEqual(plan.items.map(({ name }) => name));
  });

  it('says by its own word what was done, or what it was to be', async () => {
    const plan = planRestore([job('a', { retries: 1 }), job('b')], [job('a')]);
    const verb = async (action?: RestorePlan['action']) =>
      (
        await applied(
          doorThat(() => no),
          { ...plan, ...(action && { action }) },
        )
      ).map((line) => /not \w+/.exec(line)?.[0]);
    expect(await verb()).toEqual(['not written', 'not created']);
    expect(await verb('enable')).toEqual(['not enabled', 'not enabled']);
    const same = planRestore([job('a')], [job('a')]);
    expect(await applied(doorThat(), { ...same, action: 'disable' })).toEqual([
      'a: same already disabled',
    ]);
  });

  it('tells the door how many jobs there are by then, and whether to merge', async () => {
    const plan = planRestore(
      [
        job('a'),
        job('b', { retries: 1, parent_job: 'a' }),
        job('c', { parent_job: 'b' }),
        job('d', { parent_job: 'a' }),
      ],
      [job('b'), job('x')],
    );
    const door = doorThat((name) => (name === 'c' ? { outcome: 'same', now: null } : written));
    await applied(door, { ...plan, merge: true });
    expect(door.came).toEqual([['a', 'd', 'c'], ['b']]);
    expect(door.options.map(({ listed }) => listed)).toEqual([2, 4]);
    expect(new Set(door.options.map(({ operation }) => operation)).size).toBe(1);
    expect(door.options.every(({ merge }) => merge)).toBe(true);
    const { listed, ...unlisted } = plan;
    await applied(door, unlisted);
    expect(door.options[2]).toMatchObject({ listed: Number.POSITIVE_INFINITY, merge: false });
  });

  it('sends no child of a job that should have been created and was not', async () => {
    const jobs = [job('a'), job('b', { parent_job: 'a' }), job('c')];
    const door = doorThat((name) => (name === 'a' ? no : written));
    expect(await applied(door, planRestore(jobs, []))).toEqual([
      'a: refused not created: no',
      'b: skipped not sent: its parent a was not created',
      'c: written written and verified',
    ]);
    const there = planRestore(
      [job('a', { retries: 1 }), job('b', { parent_job: 'a' })],
      [job('a')],
    );
    expect(
      await applied(
        doorThat((name) => (name === 'a' ? no : written)),
        there,
      ),
    ).toEqual(['a: refused not written: no', 'b: written written and verified']);
    const had = doorThat((name) => (name === 'a' ? { outcome: 'same', now: null } : written));
    expect((await applied(had, planRestore(jobs, []))).map((line) => line.split(' ')[1])).toEqual([
      'same',
      'written',
      'written',
    ]);
  });

  it('sends a child once it was seen that its parent is there, where no answer said so', async () => {
    const jobs = [job('a'), job('b', { parent_job: 'a' }), job('c', { parent_job: 'b' })];
    const door = doorThat();
    const isLost = (names: readonly string[]): boolean => names.includes('a');
    const answers = door.write;
    door.write = async (changes, options) => {
      const results = await answers(changes, options);
      const names = changes.map(({ wanted }) => wanted.name);
      return results.map((result, at) =>
        isLost(names) && names[at] !== 'a'
          ? { outcome: 'refused', error: new NotYet(changes[at]!.after!) }
          : result,
      );
    };
    expect(await applied(door, planRestore(jobs, []))).toEqual([
      'a: written written and verified',
      'b: written written and verified',
      'c: written written and verified',
    ]);
    expect(door.came).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
    expect(door.options.map(({ listed }) => listed)).toEqual([0, 1]);
  });

  it('ends at what the others would get too: no more is sent, and each says why', async () => {
    const paused = refusal(new Paused('it is paused'));
    const door = doorThat((name) => (name === 'j7' ? paused : written));
    const jobs = Array.from({ length: 2502 }, (_, at) => job(`j${at}`));
    const all = await applied(door, planRestore(jobs, []));
    expect(door.came).toHaveLength(1);
    expect(all.filter((line) => line.includes('written and verified'))).toHaveLength(2499);
    expect(all.find((line) => line.startsWith('j7:'))).toBe(
      'j7: refused not created: it is paused',
    );
    expect(all.filter((line) => line.endsWith(': skipped not sent: it is paused'))).toHaveLength(2);
  });

  it('holds where there are several jobs, and not for a single one', async () => {
    for (const [count, holds] of [
      [1, false],
      [2, true],
    ] as const) {
      const door = doorThat();
      await applied(door, planRestore([job('a'), job('b')].slice(0, count), []));
      expect(door.options).toMatchObject([{ holds }]);
    }
  });

  it('counts what was sent, and nothing twice', async () => {
    const door = doorThat();
    const { write } = door;
    const telling: typeof write = async (changes, options) => {
      for (const _ of changes.slice(1)) options?.onAnswer?.();
      return write(changes, options);
    };
    const counts: number[] = [];
    const plan = planRestore([job('same'), job('a'), job('b'), job('c')], [job('same')]);
    await applied({ ...door, write: telling }, plan, { onProgress: (done) => counts.push(done) });
    expect(counts).toEqual([1, 2, 3, 3, 3, 4]);
  });

  it('writes some thousands of jobs at once, not more', async () => {
    const door = doorThat();
    const jobs = Array.from({ length: 5001 }, (_, at) => job(`j${at}`));
    await applied(door, planRestore(jobs, []));
    expect(door.came.map(({ length }) => length)).toEqual([2500, 2500, 1]);
  });

  it('that is interrupted while the door looks has sent nothing', async () => {
    const controller = new AbortController();
    const jobs = [job('a'), job('b')];
    const plan = withDeletions(planRestore([job('new')], jobs), ['a', 'b'], jobs);
    const door = doorThat(() => {
      controller.abort();
      throw controller.signal.reason;
    });
    expect(await applied(door, plan, { signal: controller.signal })).toEqual([
      'new: skipped not sent: interrupted',
      'b: skipped not sent: new was not written',
      'a: skipped not sent: new was not written',
    ]);
    const deletions = withDeletions(planRestore([], jobs), ['a', 'b'], jobs);
    const second = new AbortController();
    const looking = doorThat(() => {
      second.abort();
      throw second.signal.reason;
    });
    expect(await applied(looking, deletions, { signal: second.signal })).toEqual([
      'b: skipped not sent: interrupted',
      'a: skipped not sent: interrupted',
    ]);
  });

  it('does not hide a defect', async () => {
    const broken = doorThat(() => {
      throw new TypeError('x is not a function');
    });
    const jobs = [job('a')];
    await expect(applied(broken, planRestore(jobs, []))).rejects.toThrow('x is not a function');
    const deletion = withDeletions(planRestore([], jobs), ['a'], jobs);
    await expect(applied(broken, deletion)).rejects.toThrow('x is not a function');
  });
});

describe('deletions', () => {
  const live = [job('a'), job('b', { parent_job: 'a' }), job('c', { parent_job: 'b' })];
  const plan = withDeletions(planRestore([], live), ['a', 'b', 'c'], live);
  const words = (lines: string[]) => lines.map((line) => line.split(' ').slice(0, 2).join(' '));

  it.each<[string, WriteResult, string[]]>([
    ['refused', no, ['c: refused', 'b: written', 'a: written']],
    ['not sent', refusal(new NotSent('not sent: x')), ['c: skipped', 'b: written', 'a: written']],
    ['unreachable', away, ['c: refused', 'b: skipped', 'a: skipped']],
  ])('go on beside one that is %s, or not', async (_what, answer, outcomes) => {
    const door = doorThat((name) => (name === 'c' ? answer : written));
    expect(words(await applied(door, plan))).toEqual(outcomes);
    expect(door.came.flat()).toHaveLength(outcomes[1] === 'b: skipped' ? 1 : 3);
  });

  it('say of what was not sent why, as it was first', async () => {
    const controller = new AbortController();
    const door = doorThat(() => {
      controller.abort();
      return away;
    });
    expect(await applied(door, plan, { signal: controller.signal })).toEqual([
      'c: refused not deleted: it is gone',
      'b: skipped not sent: it is gone',
      'a: skipped not sent: it is gone',
    ]);
  });

  it('take jobs of one height together', async () => {
    const door = doorThat();
    const more = [...live, job('d'), job('e', { parent_job: 'a' })];
    await applied(door, withDeletions(planRestore([], more), ['a', 'b', 'c', 'd', 'e'], more));
    expect(door.came.map((names) => names.toSorted())).toEqual([['c', 'd', 'e'], ['b'], ['a']]);
  });
});

describe('clearings', () => {
  it.each<[string, WriteResult, string[]]>([
    ['refused', no, ['refused', 'refused']],
    ['not there', refusal(new NotFound('gone')), ['refused', 'refused']],
    ['unreachable', away, ['refused', 'skipped']],
  ])('go on after one that is %s, or not', async (_what, answer, outcomes) => {
    const door = doorThat(() => answer);
    const results = await clearAll(door, ['a', 'b'], {});
    expect(results.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(door.came).toHaveLength(outcomes.filter((one) => one === 'refused').length);
  });

  it('say of what was not sent why, as it was first', async () => {
    const controller = new AbortController();
    const door = doorThat(() => {
      controller.abort();
      return away;
    });
    const results = await clearAll(door, ['a', 'b', 'c'], { signal: controller.signal });
    expect(results.slice(1).map(({ message }) => message)).toEqual([
      'not sent: it is gone',
      'not sent: it is gone',
    ]);
    const stopping = new AbortController();
    const stopped = doorThat(() => {
      stopping.abort();
      return { outcome: 'done' };
    });
    expect(await clearAll(stopped, ['a', 'b'], { signal: stopping.signal })).toMatchObject([
      { outcome: 'written', message: 'cleared' },
      { outcome: 'skipped', message: 'not sent: interrupted', action: 'clear' },
    ]);
  });
});

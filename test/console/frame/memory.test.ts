import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { State } from '../../../src/console/state/model.ts';
import type { Job } from '../../../src/job/job.ts';
import { press, refreshed, showing, told } from '../states.ts';

/** The same frames by a program that remembers nothing. */
async function forgetful(): Promise<typeof frameOf> {
  vi.resetModules();
  vi.doMock('../../../src/view/memo.ts', () => ({
    memo: (compute: unknown) => compute,
    memoEach:
      (_atLeast: number, compute: (...args: unknown[]) => unknown) =>
      (_key: unknown, ...args: unknown[]) =>
        compute(...args),
  }));
  vi.doMock('../../../src/base/memo-of.ts', () => ({
    memoOf: (compute: unknown) => compute,
    stepsOnce: (compute: unknown) => compute,
  }));
  const fresh = await import('../../../src/console/frame/frame.ts');
  vi.doUnmock('../../../src/view/memo.ts');
  vi.doUnmock('../../../src/base/memo-of.ts');
  // Other test files share the modules of this process.
  vi.resetModules();
  return fresh.frameOf;
}

const names = ['a', 'b', 'c', 'd'];
const anyJob = fc.record({
  name: fc.constantFrom(...names),
  schedule: fc.constantFrom('@every 1m', '0 */5 * * * *', '@at 2030-01-01T00:00:00Z', 'nonsense'),
  timezone: fc.constantFrom('', 'Europe/Paris'),
  disabled: fc.boolean(),
  status: fc.constantFrom('', 'success', 'failed'),
  last_success: fc.constantFrom(null, '2026-11-21T14:30:00Z', '2026-11-20T14:30:00Z'),
  error_count: fc.nat({ max: 2 }),
  parent_job: fc.constantFrom('', '', 'a'),
  executor: fc.constant('http'),
  executor_config: fc
    .constantFrom('{}', '{"a":[1,2,{"b":"c"}]}', 'no json', `["${'long '.repeat(90)}"]`)
    .map((body) => ({
      ...{ method: 'POST', url: 'http://x', body },
    })),
});

type Step = (state: State) => State;

const key: fc.Arbitrary<Step> = fc
  .constantFrom(
    ...['j', 'k', 'G', 'g', 'space', 'tab', 'right', 'left', '>', 'r', 'enter', 'esc', 'i', 'b'],
    ...['?', ':', 'down', 'shift-right', 'backspace', '5', '*', '{', 'end', 'ctrl-z', 'pagedown'],
  )
  .map((name) => (state) => press(state, name));
const later: fc.Arbitrary<Step> = fc
  .constantFrom(1_000, 61_000, 86_400_000)
  .map((ms) => (state) => told(state, { type: 'clock', now: state.now + ms }));
const news: fc.Arbitrary<Step> = fc
  .array(anyJob, { maxLength: 6 })
  .map((jobs) => (state) => told(state, refreshed(jobs as Partial<Job>[], { now: state.now })));
const size: fc.Arbitrary<Step> = fc
  .record({ columns: fc.constantFrom(80, 149, 200), rows: fc.constantFrom(20, 50) })
  .map((to) => (state) => ({ ...state, ...to }));

it('what is remembered changes nothing in a frame', { timeout: 60_000 }, async () => {
  const anew = await forgetful();
  const steps = fc.array(fc.oneof(key, key, later, news, size), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(anyJob, { maxLength: 6 }), steps, (jobs, walk) => {
      let state = showing(jobs as Partial<Job>[]);
      for (const step of walk) {
        state = step(state);
        expect(frameOf(state)).toEqual(anew(state));
      }
    }),
    { numRuns: 60 },
  );
});

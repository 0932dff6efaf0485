import { beforeEach, describe, expect, it } from 'vitest';
import { frameOf } from '../../src/console/frame/frame.ts';
import { visibleOf } from '../../src/console/screens/jobs/visible.ts';
import type { Message, State } from '../../src/console/state/model.ts';
import { JobTable } from '../../src/job/table.ts';
import { aJob, anExecution, jobsByName, textOf } from '../support/jobs.ts';
import { now, press, refreshed, started, told } from './states.ts';

const count = 100_000;
/** How many rows were looked at. */
let looks = 0;

/** The same table, which counts. */
function counted({ rows, places }: JobTable): JobTable {
  const seen = new Proxy(rows, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return new JobTable(seen, places);
}

const jobs = counted(
  jobsByName(
    Array.from({ length: count }, (_, at) => ({
      name: `job-${String(at).padStart(6, '0')}`,
      error_count: at % 7,
    })),
  ),
);
const first = { ...refreshed([]), jobs };
const state = told(started(), first);

const runs: Message = {
  type: 'runs',
  name: 'job-000000',
  runs: { list: [anExecution()], at: now },
};
const walk = (shown: State, ...keys: string[]): State =>
  keys.reduce((before, key) => {
    const after = press(before, key);
    frameOf(after);
    return after;
  }, shown);

describe('with a hundred thousand jobs', () => {
  beforeEach(() => {
    frameOf(state);
    looks = 0;
  });

  it.each<[string, (shown: State) => State]>([
    ['a step', (shown) => walk(shown, 'j', 'k')],
    ['a page', (shown) => walk(shown, 'pagedown', 'pagedown', 'pageup')],
    ['the end', (shown) => walk(shown, 'G', 'k', 'g')],
    ['a mark', (shown) => walk(shown, 'space', 'space')],
    ['the clock', (shown) => told(shown, { type: 'clock', now: now + 10_000 })],
    ['another size', (shown) => told(shown, { type: 'resized', columns: 200, rows: 50 })],
    ['a question', (shown) => walk(shown, 's', 'esc')],
    ['a job and back', (shown) => walk(shown, 'enter', 'esc')],
    ['help and back', (shown) => walk(shown, '?', 'j', 'esc')],
    ['the schedule editor', (shown) => walk(shown, 'i', '1', 'esc')],
    ['the runs of a job', (shown) => told(shown, runs)],
    [
      'a lost server',
      (shown) =>
        told(shown, { type: 'lost', trouble: 'unreachable', reason: 'x', now, retryAt: now }),
    ],
    ['a refresh without news', (shown) => told(shown, { ...first, now: now + 2_000 })],
  ])('%s looks at the rows on the screen, not at all jobs', (_, change) => {
    const before = visibleOf(state);
    const after = change(state);
    frameOf(after);
    expect(visibleOf(after)).toBe(before);
    expect(looks).toBeLessThan(500);
  });

  it('a change of the order looks at each for its value and its name, and its steps at none', () => {
    const sorted = walk(state, '>');
    expect(looks).toBeLessThan(2 * count + 500);
    const list = visibleOf(sorted);
    looks = 0;
    walk(sorted, 'j', 'j', 'G');
    expect(visibleOf(sorted)).toBe(list);
    expect(looks).toBeLessThan(500);
  });

  it('a letter of the filter looks at all of them, the next at those that are found', () => {
    const [typed, all] = [walk(state, '/', '4'), looks];
    expect(all).toBeLessThan(2.5 * count);
    const found = visibleOf(typed).keys.length;
    looks = 0;
    walk(typed, '2');
    expect(looks).toBeLessThan(2 * found + 500);
  });

  it('a refresh in which one job changed looks at that one, and compares the others by identity', () => {
    const [name] = jobs.keys();
    const changed = aJob({ name: name!, error_count: 1, last_error: '2026-11-21T14:00:00Z' });
    const news = { ...first, jobs: counted(jobs.with([textOf(changed)])), now: now + 2_000 };
    looks = 0;
    frameOf(told(state, news));
    expect(looks).toBeLessThan(12 * count);
  });

  it('the window holds as many rows as the screen has', () => {
    const texts = frameOf(walk(state, 'G')).lines.map((line) =>
      line.map(({ text }) => text).join(''),
    );
    expect(texts.filter((text) => text.includes('job-')).length).toBeLessThan(24);
    expect(texts.join('\n')).toContain('job-099999');
  });
});

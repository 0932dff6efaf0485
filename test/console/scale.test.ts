import { beforeEach, describe, expect, it } from 'vitest';
import { frameOf } from '../../src/console/frame/frame.ts';
import { visibleOf } from '../../src/console/screens/jobs/visible.ts';
import type { Message, State } from '../../src/console/state/model.ts';
import type { JobText } from '../../src/job/job.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { now, press, refreshed, started, told } from './states.ts';

/** Counts how often the jobs are looked at: each by name, or all of them. */
class Counted extends Map<string, JobText> {
  one = 0;
  all = 0;
  override get(name: string): JobText | undefined {
    this.one++;
    return super.get(name);
  }
  override values(): MapIterator<JobText> {
    this.all++;
    return super.values();
  }
  override entries(): MapIterator<[string, JobText]> {
    this.all++;
    return super.entries();
  }
  override keys(): MapIterator<string> {
    this.all++;
    return super.keys();
  }
  override [Symbol.iterator](): MapIterator<[string, JobText]> {
    this.all++;
    return super[Symbol.iterator]();
  }
}

const jobs = new Counted();
for (let at = 0; at < 100_000; at++) {
  const job = aJob({ name: `job-${String(at).padStart(6, '0')}`, error_count: at % 7 });
  jobs.set(job.name, { text: '', job });
}
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
    jobs.one = 0;
    jobs.all = 0;
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
    expect(jobs.all).toBe(0);
    expect(jobs.one).toBeLessThan(500);
  });

  it('a change of the order looks at all of them once, and its steps at none', () => {
    const sorted = walk(state, '>');
    expect(jobs.all).toBe(1);
    const list = visibleOf(sorted);
    walk(sorted, 'j', 'j', 'G');
    expect(visibleOf(sorted)).toBe(list);
    expect(jobs.all).toBe(1);
  });

  it('a letter of the filter looks at all of them once', () => {
    walk(state, '/', '4');
    expect(jobs.all).toBeLessThanOrEqual(2);
  });

  it('the window holds as many rows as the screen has', () => {
    const texts = frameOf(walk(state, 'G')).lines.map((line) =>
      line.map(({ text }) => text).join(''),
    );
    expect(texts.filter((text) => text.includes('job-')).length).toBeLessThan(24);
    expect(texts.join('\n')).toContain('job-099999');
  });
});

/** Searches and orders that take long: the rows of before stay until they are worked out, and keys get through. */
import { describe, expect, it } from 'vitest';
import { reshow } from '../../src/console/screens/jobs/reshow.ts';
import { visibleOf } from '../../src/console/screens/jobs/visible.ts';
import { hasWords } from '../../src/console/screens/jobs/words.ts';
import type { JobsScreen, Message, State } from '../../src/console/state/model.ts';
import { topScreen } from '../../src/console/state/stack.ts';
import { createStore } from '../../src/console/store.ts';
import { update } from '../../src/console/update/update.ts';
import { startWorking } from '../../src/console/working.ts';
import type { Job } from '../../src/job/job.ts';
import { fakeClock } from '../support/clock.ts';
import { anExecution } from '../support/jobs.ts';
import { linesOf, now, press, refreshed, showing, told, type } from './states.ts';

const count = 6_000;
const jobOf = (at: number, body = at % 3 === 0 ? 'Keolis' : 'other'): Partial<Job> => ({
  name: `job-${String(at).padStart(4, '0')}`,
  schedule: `0 ${at % 60} ${at % 24} * * *`,
  executor_config: { body },
});
const many = Array.from({ length: count }, (_, at) => jobOf(at));

/** A console that works for some moments only, of which each look at the clock takes one. */
function working(start: State) {
  const clock = fakeClock(now);
  const messages: string[] = [];
  let state = start;
  const store = createStore(start, () => {});
  const dispatch = (message: Message): void => {
    messages.push(message.type);
    state = update(state, message)[0];
    store.dispatch(message);
  };
  let core = 0;
  const stop = startWorking({ ...store, state: () => state, dispatch }, clock, () => (core += 0.1));
  const show = (next: State): void => {
    state = next;
    // Whoever listens is told.
    store.dispatch({ type: 'clock', now });
  };
  return { clock, show, dispatch, messages, stop, state: () => state };
}

const keysOf = (state: State): readonly string[] => [...visibleOf(state).keys];
/** As it is when it is made at once. */
const plainly = (state: State): readonly string[] => {
  const { held: _, ...screen } = state.screens[0];
  return [...visibleOf(state, screen).keys];
};
const jobs = ({ screens: [screen] }: State): JobsScreen => screen;

describe('a search in bodies', () => {
  const start = press(showing(many), 'j', 'j');
  const search = (words: string): State =>
    press(told(press(start, '/'), { type: 'paste', text: words }), 'enter');
  const asked = search('body:keo');

  it('leaves the rows of before, and says so', () => {
    expect(jobs(asked).held).toBeDefined();
    expect(keysOf(asked)).toEqual(keysOf(start));
    expect(linesOf(asked)[1]).toMatch(/\/body:keo +searching… *$/);
    expect(jobs(press(asked, 'j')).cursor.key).toBe('job-0003');
  });

  it('is no part of an agenda of the rows that are shown', () => {
    expect(topScreen(press(asked, 'A'))).toMatchObject({ kind: 'agenda', what: '6000 jobs' });
  });

  it('is worked out in stretches, and shown then, the cursor on a job that is left', () => {
    const on = working(start);
    on.show(asked);
    let stretches = 0;
    for (; on.messages.length === 0 && stretches < 1_000; stretches++) on.clock.advance(1);
    expect(on.messages).toEqual(['worked-out']);
    expect(stretches).toBeGreaterThan(5);
    const state = on.state();
    expect(jobs(state).held).toBeUndefined();
    expect(keysOf(state)).toHaveLength(count / 3);
    expect(jobs(state).cursor.key).toBe('job-0003');
    expect(linesOf(state)[1]).toContain('2000 shown');
    expect(on.clock.waiting()).toEqual([]);
  });

  it('finds what is there at its end, whatever changes and runs meanwhile', () => {
    const on = working(start);
    on.show(search('body:keoli'));
    on.clock.advance(5);
    const changed = many.map((job, at) => (at % 1_000 === 0 ? jobOf(at, 'gone') : job));
    const busy = [anExecution({ job_name: 'job-0001' })];
    on.dispatch(refreshed([...changed.slice(0, -1), jobOf(count - 1, 'keolis')], { busy }));
    on.clock.advance(5);
    on.dispatch(refreshed([...changed, { name: 'new', executor_config: { body: 'keolis' } }]));
    expect(jobs(on.state()).held).toBeDefined();
    on.clock.advance(1_000);
    const state = on.state();
    expect(jobs(state).held).toBeUndefined();
    expect(keysOf(state)).toHaveLength(2_000 - 2 + 1);
    expect(keysOf(state)).toEqual(plainly(state));
  });

  it('is given up with its words, and for what is found at once', () => {
    for (const state of [
      press(start, '/', ...type('body:keo'), 'esc'),
      press(start, '/', ...type('body:keo'), ...Array<string>(8).fill('backspace')),
    ]) {
      expect(jobs(state).held).toBeUndefined();
      expect(keysOf(state)).toEqual(keysOf(start));
      const on = working(state);
      on.clock.advance(1_000);
      expect(on.messages).toEqual([]);
    }
    const named = press(
      start,
      '/',
      ...type('body:keo'),
      ...Array<string>(8).fill('backspace'),
      '7',
    );
    expect(jobs(named).held).toBeUndefined();
  });

  it('is stopped with its console', () => {
    const on = working(start);
    on.show(asked);
    on.stop();
    on.clock.advance(1_000);
    expect(on.messages).toEqual([]);
  });
});

describe('the names that a filter looks through', () => {
  const opened = press(showing(many), '/');
  const { byName } = opened.jobs;

  it('are made ready when it is opened, not by its first letter', () => {
    const on = working(opened);
    expect(hasWords(byName)).toBe(false);
    on.show(opened);
    on.clock.advance(10);
    expect(hasWords(byName)).toBe(true);
    expect(on.clock.waiting()).toEqual([]);
    expect(on.messages).toEqual([]);
    const typed = press(opened, ...type('999'));
    expect(keysOf(typed)).toEqual(
      many.map(({ name }) => name).filter((name) => name!.includes('999')),
    );
  });

  it('are not touched for a few jobs, and on no other screen', () => {
    for (const state of [press(showing(many.slice(0, 9)), '/'), press(showing(many), ':')]) {
      const on = working(state);
      on.show(state);
      expect(on.clock.waiting()).toEqual([]);
    }
  });
});

describe('an order by next runs', () => {
  it('takes the place of the one before when all are known', () => {
    const start = press(showing(many), 'j');
    const sort = { column: 'next', descending: false } as const;
    const asked = reshow(start, { ...jobs(start), sort });
    expect(linesOf(asked)[1]).toMatch(/sorting by NEXT… *$/);
    expect(linesOf(asked)[2]).toBe(linesOf(start)[2]);
    const on = working(start);
    on.show(asked);
    on.clock.advance(1_000);
    const state = on.state();
    expect(on.messages).toEqual(['worked-out']);
    expect(keysOf(state)).toEqual(plainly(state));
    expect(keysOf(state)).not.toEqual(keysOf(start));
    expect(jobs(state).cursor.key).toBe('job-0001');
    // The same the other way round is there at once.
    const round = reshow(state, { ...jobs(state), sort: { ...sort, descending: true } });
    expect(jobs(round).held).toBeUndefined();
  });
});

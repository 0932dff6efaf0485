import { describe, expect, it } from 'vitest';
import { createCounter } from '../../../../src/console/effects/crowd.ts';
import { messageOf, recordOf } from '../../../../src/console/log/message.ts';
import { createVeil } from '../../../../src/console/log/veil.ts';
import type { Message, State } from '../../../../src/console/state/model.ts';
import { update } from '../../../../src/console/update/update.ts';
import type { Job } from '../../../../src/job/job.ts';
import { lineText as typedText } from '../../../../src/terminal/line.ts';
import { fakeClock } from '../../../support/clock.ts';
import { keyOf } from '../../../terminal/press.ts';
import { linesOf, now, refreshed, showing, type } from '../../states.ts';

const calling = (name: string, schedule: string): Partial<Job> => ({
  name,
  schedule,
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://cache-manager:8080/', expectCode: '200' },
});

const jobs = [
  calling('a', '@manually'),
  ...Array.from({ length: 38 }, (_, at) => calling(`c${at}`, '0 0 0 * * *')),
  { name: 'x', schedule: '@daily' },
  { name: 'y', schedule: '0 0 1 * * *', timezone: 'Europe/Paris' },
  { name: 'z', schedule: '0 1 0 * * *' },
];

/** A console whose effects around the crowd are done; each look at the clock takes `tick` ms. */
function consoleOver(given: readonly Partial<Job>[], { tick = 0, setting = {} } = {}) {
  let state = showing(given, [], setting);
  const clock = fakeClock(now);
  const slow = {
    ...clock,
    now: () => {
      clock.set(clock.now() + tick);
      return clock.now();
    },
  };
  const told: Message[] = [];
  const dispatch = (message: Message): void => {
    told.push(message);
    const [next, effects] = update(state, message);
    state = next;
    for (const { type } of effects) {
      if (type === 'count-crowd') counter.count();
      if (type === 'find-calm') counter.findCalm();
    }
  };
  const counter = createCounter({ clock: slow, dispatch, state: () => state });
  let at = 0;
  return {
    state: (): State => state,
    told,
    dispatch,
    press(...keys: string[]): void {
      for (const key of keys) {
        at += 1_000;
        dispatch({ type: 'key', key: keyOf(key), at });
      }
    },
    rest: (): void => clock.advance(10_000),
    text: (): string => linesOf(state, { columns: 100 }).join('\n'),
    typed(): string {
      if (state.overlay?.kind !== 'schedule') throw new Error('no schedule editor is open');
      return typedText(state.overlay.schedule);
    },
    counts: (): number => told.filter((message) => message.type === 'crowd').length,
  };
}

const midnight = type('0 0 0 * * *');

describe('while a schedule is typed', () => {
  it('is said whom it joins, and what is calmer', () => {
    const on = consoleOver(jobs);
    on.press('i', 'ctrl-u', ...midnight);
    expect(on.text()).toContain('joins   counting who else starts then…');
    on.rest();
    expect(on.text()).toContain(
      'joins   41st of 41 at Sun 22 Nov 00:00 Z, 39 of them to cache-manager',
    );
    expect(on.text()).toContain('ctrl-t  0 2 0 * * *, alone');
    expect(on.text()).toMatch(/or {2}0 ~ 0 \* \* \* \(0 37 0 \* \* \*\), alone/);
    // What is counted once is only looked up from then on.
    on.press('ctrl-u', ...type('0 1 0 * * *'));
    expect(on.text()).toContain('joins   2nd of 2 at Sun 22 Nov 00:01 Z, the only one to cache');
  });

  it('is chosen with ctrl-t, which fills the line and writes nothing', () => {
    const on = consoleOver(jobs);
    on.press('i', 'ctrl-u', ...midnight);
    on.rest();
    on.press('ctrl-t');
    expect(on.text()).toMatch(/0 2 0 \* \* \*\n.*0 ~ 0 \* \* \*/);
    expect(on.typed()).toBe('0 0 0 * * *');
    on.press('down', 'enter');
    expect(on.typed()).toBe('0 ~ 0 * * *');
    on.rest();
    expect(on.text()).toContain('joins   alone: ');
    on.press('ctrl-z');
    expect(on.typed()).toBe('0 0 0 * * *');
    expect(on.told.some(({ type }) => type === 'schedule-saved')).toBe(false);
  });

  it('offers no ~ to a Dkron before 4, and takes the only one at once', () => {
    const on = consoleOver(jobs);
    on.dispatch(refreshed(jobs, { server: { name: 'n1', version: '3.2.7', tags: {} } }));
    on.press('i', 'ctrl-u', ...midnight);
    on.rest();
    expect(on.text()).not.toContain('~');
    on.press('ctrl-t');
    expect(on.typed()).toBe('0 2 0 * * *');
  });

  it('says that nobody knows the second of an interval', () => {
    const on = consoleOver(jobs);
    on.press('i', 'ctrl-u', ...type('@every 5m'));
    on.rest();
    expect(on.text()).toContain('joins   nobody knows yet: an interval begins anew');
    on.press('ctrl-u', ...type('@manually'));
    expect(on.text()).not.toContain('joins');
  });

  it('counts the day on which it starts first, where that is later', () => {
    const on = consoleOver([...jobs, { name: 'm', schedule: '0 0 0 1 * *' }]);
    on.press('i', 'ctrl-u', ...type('0 0 0 1 * *'));
    on.rest();
    expect(on.text()).toContain('42nd of 42 at Tue 1 Dec 00:00 Z');
  });

  it('counts again when other jobs change, and moves nothing that was typed', () => {
    const on = consoleOver(jobs);
    on.press('i', 'ctrl-u', ...midnight, 'left', 'left');
    on.rest();
    const counts = on.counts();
    const { overlay } = on.state();
    // A run changes no count: it is the same crowd, of the rows that are there by now.
    on.dispatch(refreshed(jobs.map((job) => ({ ...job, success_count: 1 }))));
    on.rest();
    expect(on.counts()).toBe(counts + 1);
    const crowdOf = ({ overlay: at }: State) =>
      at?.kind === 'schedule' ? at.counted?.crowd : undefined;
    expect(crowdOf(on.state())).toBe(crowdOf({ ...on.state(), overlay }));
    on.dispatch(refreshed([...jobs, { name: 'new', schedule: '0 0 0 * * *' }]));
    expect(on.text()).toContain('41st of 41');
    on.rest();
    expect(on.text()).toContain('42nd of 42');
    expect(on.state().overlay).toMatchObject({
      schedule: { cursor: overlay?.kind === 'schedule' ? overlay.schedule.cursor : null },
      menu: null,
    });
    expect(on.typed()).toBe('0 0 0 * * *');
  });

  it('hears keys while it counts, and forgets what nobody waits for', () => {
    const on = consoleOver(jobs, { tick: 9 });
    on.press('i');
    on.press('esc');
    on.rest();
    expect(on.counts()).toBe(0);
    on.press('i', 'ctrl-u', ...midnight);
    on.rest();
    expect(on.text()).toContain('41st of 41');
  });

  it('is the same in a log that is gone through once more, which holds no counts', () => {
    const on = consoleOver(jobs);
    const before = on.state();
    on.press('i', 'ctrl-u', ...midnight);
    on.rest();
    const veil = createVeil(() => []);
    const replayed = on.told.reduce((state, message) => {
      const recorded = JSON.parse(JSON.stringify(recordOf(message, veil, state)));
      return update(state, messageOf(recorded, state))[0];
    }, before);
    expect(linesOf(replayed)).toEqual(linesOf(on.state()));
  });
});

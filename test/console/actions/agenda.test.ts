import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/model.ts';
import { topScreen } from '../../../src/console/screens.ts';
import { agenda, instantFromMillis } from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';
import { effectsOf, now, press, showing, told, type } from '../states.ts';

const jobs = ['alpha', 'bravo', 'charlie'].map((name) => aJob({ name, schedule: '@hourly' }));

const screen = (state: State) => {
  const top = topScreen(state);
  if (top.kind !== 'agenda') throw new Error(`on top is ${top.kind}`);
  return top;
};

describe('the agenda', () => {
  it.each([
    ['of all jobs', [], '3 jobs', ['alpha', 'bravo', 'charlie']],
    ['of those that are shown', ['/', ...type('br'), 'enter'], '1 job of /br', ['bravo']],
    ['of the marked ones', ['space', 'space'], '2 marked jobs', ['alpha', 'bravo']],
  ])('is %s', (_, keys, what, names) => {
    const state = press(showing(jobs), ...keys);
    expect(screen(press(state, 'A'))).toMatchObject({ what, names });
    expect(effectsOf(state, 'A')).toEqual([{ type: 'agenda', names, from: now, hours: 6 }]);
  });

  it('is worked out again for another length, between an hour and a week', () => {
    const state = press(showing(jobs), 'A');
    expect(effectsOf(state, '+')).toMatchObject([{ type: 'agenda', hours: 12 }]);
    const hours = (...keys: string[]) => screen(press(state, ...keys)).hours;
    expect(hours(...'++++++++')).toBe(168);
    expect(hours(...'--------')).toBe(1);
  });

  it('starts at its busiest minute, and takes no answer to another length', () => {
    const asked = press(showing(jobs), 'A');
    const stretch = { from: instantFromMillis(now), to: instantFromMillis(now + 6 * 3_600_000) };
    const answer = { type: 'agenda', agenda: agenda(jobs, stretch), hours: 6 } as const;
    const { busiest } = answer.agenda;
    expect(screen(told(asked, answer)).cursor.key).toBe(String(busiest[0]?.minute));
    expect(screen(told(press(asked, '+'), answer)).agenda).toBeNull();
    const none = { ...answer, agenda: agenda([], stretch) };
    expect(screen(told(asked, none)).cursor.key).toBeNull();
  });
});

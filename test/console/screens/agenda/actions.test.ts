import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { agenda, instantFromMillis } from '../../../../src/schedule/index.ts';
import { lineText } from '../../../../src/view/line.ts';
import { aJob } from '../../../support/jobs.ts';
import { effectsOf, now, press, showing, told, type } from '../../states.ts';

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

describe('the hours', () => {
  const hours = 24;
  const nightly = [...jobs, aJob({ name: 'nightly', schedule: '0 30 8 * * *' })];
  const stretch = { from: instantFromMillis(now), to: instantFromMillis(now + hours * 3_600_000) };
  const message = { type: 'agenda', agenda: agenda(nightly, stretch), hours } as const;
  const at = (columns: number, rows: number, zone = 'utc'): State => ({
    ...told(press(showing(nightly), 'A', '+', '+'), message),
    columns,
    rows,
    zone,
  });
  const text = (state: State) => frameOf(state).lines.map(lineText);
  const labels = (state: State) =>
    text(state).flatMap(
      (line) => /^[ ▌] *((?:\d+ \w+ )?\d\d:\d\d)(?:\+\d+)? [█·▁-▇ ]{60}/.exec(line)?.[1] ?? [],
    );

  it('all come into sight in a small window', () => {
    const seen = new Set<string>();
    let state = press(at(80, 24), 'tab', 'g');
    expect(text(state)[1]).toMatch(/next 24 h · \d+ runs .* times in UTC $/);
    expect(text(state).join('\n')).toContain('─ 13 of 25 hours show: tab ·');
    for (let step = 0; step < 25; step++) {
      for (const label of labels(state)) seen.add(label);
      state = press(state, 'j');
    }
    expect(seen.size).toBe(25);
  });

  it('show that of the minute under the cursor', () => {
    for (let step = 0; step < 10; step++) {
      const state = press(at(80, 24), ...Array<string>(step).fill('j'));
      const row = text(state).find((line) => /^▌.* in /.test(line)) ?? '';
      const hour = /^▌ +((?:\d+ \w+ )?\d\d):/.exec(row)?.[1];
      expect(labels(state).map((label) => label.slice(0, -3))).toContain(hour);
    }
  });

  it('all stand beside the busiest minutes in a large one', () => {
    const lines = text(at(200, 50));
    expect(labels(at(200, 50))).toHaveLength(25);
    expect(lines.filter((line) => /│.* in \d/.test(line))).toHaveLength(
      message.agenda.busiest.length,
    );
  });

  it('are those of the zone that is shown', () => {
    expect(labels(at(200, 50, 'Asia/Kolkata'))[0]).toBe('20:00');
    expect(text(at(200, 50, 'Asia/Kolkata'))[1]).toMatch(/times in Asia\/Kolkata $/);
  });

  it('come twice in a night in which the clocks are set back', () => {
    const from = Date.parse('2026-10-24T22:00:00Z');
    const night = agenda(jobs, {
      from: instantFromMillis(from),
      to: instantFromMillis(from + 5 * 3_600_000),
    });
    const state = { ...at(80, 24, 'Europe/Paris'), now: from };
    const lines = text({ ...told(state, { ...message, agenda: night }) });
    const shown = lines.flatMap(
      (line) => /^ +(\d\d:\d\d(?:\+\d\d)?) [█·]{60}/.exec(line)?.[1] ?? [],
    );
    expect(shown).toEqual(['00:00', '01:00', '02:00+02', '02:00+01', '03:00']);
  });
});

import { describe, expect, it } from 'vitest';
import type { ScheduleOverlay, State } from '../../../../src/console/state/model.ts';
import { commonSchedules } from '../../../../src/schedule/index.ts';
import { lineText } from '../../../../src/terminal/line.ts';
import { press, showing, type } from '../../states.ts';

const state = showing([{ name: 'a', schedule: '@daily', timezone: 'UTC' }]);
const editor = ({ overlay }: State): ScheduleOverlay => {
  if (overlay?.kind !== 'schedule') throw new Error('no schedule editor is open');
  return overlay;
};
const lines = (shown: State): [string, string] => {
  const { schedule, zone } = editor(shown);
  return [lineText(schedule), lineText(zone)];
};
const open = press(state, 'i', 'ctrl-o');
const [first = '', second = ''] = commonSchedules;
const last = commonSchedules.at(-1)!;

describe('the menu of common schedules', () => {
  it('begins at the first, and goes round by the arrows', () => {
    expect(editor(open).menu).toMatchObject({ cursor: 0, candidates: commonSchedules });
    expect(editor(press(open, 'up')).menu?.cursor).toBe(commonSchedules.length - 1);
    expect(editor(press(open, 'up', 'down')).menu?.cursor).toBe(0);
    expect(editor(press(open, 'pagedown', 'pageup')).menu?.cursor).toBe(0);
    expect(editor(press(open, 'pagedown')).menu?.cursor).toBe(5);
  });

  it.each([
    [['enter'], first],
    [['tab'], first],
    [['down', 'enter'], second],
    [['up', 'enter'], last],
  ])('takes what is chosen by %j, in place of the whole line', (keys, chosen) => {
    const after = press(open, ...keys);
    expect(lines(after)).toEqual([chosen, 'UTC']);
    expect(editor(after)).toMatchObject({ menu: null, saving: false });
  });

  it('closes by esc with the line as it was, and by any other key, which does what it does', () => {
    expect(editor(press(open, 'esc')).menu).toBeNull();
    expect(lines(press(open, 'esc'))).toEqual(['@daily', 'UTC']);
    expect(editor(press(open, '!')).menu).toBeNull();
    expect(lines(press(open, '!'))).toEqual(['@daily!', 'UTC']);
  });

  it('goes round by pages too, however few there are', () => {
    const two = press(state, 'i', 'ctrl-u', ...type('0 0 12 ? * 2-6'), 'ctrl-t');
    expect(editor(two).menu?.candidates).toHaveLength(2);
    for (const key of ['pageup', 'pagedown']) {
      expect(editor(press(two, key)).menu?.cursor).toBe(1);
      expect(editor(press(two, key, key)).menu?.cursor).toBe(0);
    }
  });

  it('opens for the schedule although the zone has the focus', () => {
    const after = press(state, 'i', 'shift-tab', 'ctrl-o', 'enter');
    expect(lines(after)).toEqual([first, 'UTC']);
    expect(editor(after).focus).toBe('schedule');
  });
});

describe('tab', () => {
  const typed = (text: string): State => press(state, 'i', 'ctrl-u', ...type(text));
  const zone = (text: string): State => press(state, 'i', 'tab', 'ctrl-u', ...type(text));

  it('takes the one that a word can become', () => {
    expect(lines(press(typed('@hou'), 'tab'))).toEqual(['@hourly', 'UTC']);
    expect(lines(press(zone('Europe/Par'), 'tab'))).toEqual(['@daily', 'Europe/Paris']);
  });

  it('shows several, of which one is chosen', () => {
    const several = press(zone('Europe/P'), 'tab');
    expect(editor(several).menu?.candidates).toEqual(
      expect.arrayContaining(['Europe/Paris', 'Europe/Prague']),
    );
    const chosen = editor(several).menu!.candidates[1]!;
    expect(lines(press(several, 'down', 'enter'))).toEqual(['@daily', chosen]);
  });

  it('chooses among the words that one may stand for in a schedule', () => {
    const several = press(typed('@'), 'tab');
    expect(editor(several).menu?.candidates.length).toBeGreaterThan(1);
    expect(editor(press(typed('@daily'), 'tab')).focus).toBe('zone');
    expect(editor(press(typed('whenever'), 'tab')).focus).toBe('zone');
  });

  it('gives the focus to the other line where there is nothing to complete', () => {
    expect(editor(press(state, 'i')).focus).toBe('schedule');
    expect(editor(press(state, 'i', 'tab')).focus).toBe('zone');
    expect(editor(press(state, 'i', 'tab', 'tab')).focus).toBe('schedule');
    expect(editor(press(zone('Nowhere'), 'tab')).focus).toBe('schedule');
  });
});

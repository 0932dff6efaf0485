import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { press, showing, type } from '../states.ts';

const state = showing([
  { name: 'off', disabled: true, schedule: '@manually' },
  { name: 'on' },
  { name: 'on-too' },
]);
const offUnder = press(state, 'g');
const onUnder = press(state, 'j');
const command = (shown: State, text: string): State => press(shown, ':', ...type(text), 'enter');

describe('a command', () => {
  it.each([
    ['enable', offUnder, 'Enable off on localhost:8080?', false],
    ['disable', onUnder, 'Disable on on localhost:8080?', true],
  ])(':%s asks for what it is called', (text, shown, question, disabled) => {
    expect(command(shown, text).overlay).toMatchObject({
      question,
      effect: { type: 'set-disabled', plan: { items: [{ job: { disabled } }] } },
    });
  });

  it('says before a job begins to run what is wrong with it', () => {
    const late = showing([{ name: 'late', disabled: true, schedule: '@at 2020-01-01T00:00:00Z' }]);
    expect(command(late, 'enable').overlay).toMatchObject({
      question:
        'Warning: schedule: it never runs: 2020-01-01T00:00:00Z is in the past. Enable late on localhost:8080?',
    });
  });

  it.each([
    ['enable', onUnder, 'on is enabled already'],
    ['disable', offUnder, 'off is disabled already'],
    ['enable', press(onUnder, 'space', 'space'), 'all 2 marked jobs are enabled already'],
  ])(':%s never asks for the other: it is so already', (text, shown, flash) => {
    const after = command(shown, text);
    expect([after.overlay, after.screens.length]).toEqual([null, 1]);
    expect(after.flash).toEqual({ level: 'info', text: flash });
  });

  it.each([
    ['enable', ['off']],
    ['disable', ['on', 'on-too']],
  ])(':%s of marked jobs plans those that change', (text, marks) => {
    const screen = topScreen(command(press(state, '*'), text));
    expect(screen).toMatchObject({ kind: 'plan', marks: new Set(marks) });
    expect(screen).toHaveProperty('title', expect.stringMatching(new RegExp(`^${text} 3`, 'i')));
  });
});

it('the key disables where anything is enabled, else enables', () => {
  expect(topScreen(press(state, '*', 's'))).toHaveProperty('title', 'Disable 3 jobs');
  expect(press(offUnder, 's').overlay).toMatchObject({ kind: 'confirm', verb: 'enable' });
});

import { describe, expect, it } from 'vitest';
import { lineText } from '../../../src/console/line.ts';
import type { State } from '../../../src/console/model.ts';
import { frameOf } from '../../../src/console/views/frame.ts';
import { press, showing, type } from '../states.ts';

const named = (name: string): State => showing([{ name }, { name: `${name}-2` }]);
const long = 'a-very-long-name-of-a-job-that-fills-a-line-and-more'.repeat(2);
/** The lines from the first that holds the words on, at 40 columns. */
const from = (state: State, words: string): string => {
  const lines = frameOf({ ...state, columns: 40 }).lines.map(lineText);
  return lines.slice(lines.findIndex((line) => line.includes(words))).join('\n');
};

describe('a question', () => {
  it('stands on one line with its key, where it fits', () => {
    const { lines } = frameOf(press(named('a'), 's'));
    expect(lineText(lines.at(-1)!).trim()).toBe(
      'Disable a on localhost:8080?    d  disable   any other key leaves it',
    );
  });

  it('shows whom it is about and the key that says yes, however long it is', () => {
    const shown = from(press(named(long), 's'), 'Disable');
    expect(shown.replaceAll(/\s/g, '')).toContain(long);
    expect(shown).toMatch(/ d {2}disable/);
  });

  it('to be answered shows what is typed, however long the name is', () => {
    const shown = from(press(named(long), 'ctrl-d', ...type('a-ve')), 'Delete');
    expect(shown.replaceAll(/\s/g, '')).toContain(long);
    expect(shown.trim()).toMatch(/: a-ve$/);
  });
});

it('the keys at the bottom are those that work: none that writes when read-only', () => {
  const bottom = (state: State): string =>
    lineText(frameOf({ ...state, columns: 250 }).lines.at(-1)!);
  expect(bottom(showing([{ name: 'a' }]))).toMatch(/↵ open.* i schedule/);
  const readOnly = bottom(showing([{ name: 'a' }], [], { readOnly: true }));
  expect(readOnly).toContain('open');
  expect(readOnly).not.toMatch(/ (i|t|s) (schedule|run|enable)/);
  expect(bottom(showing([]))).not.toContain('open');
});

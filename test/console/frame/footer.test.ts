import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import { spokenOf } from '../../../src/console/frame/spoken.ts';
import type { State } from '../../../src/console/state/model.ts';
import { lineText } from '../../../src/view/line.ts';
import { press, pressing, showing, told, type } from '../states.ts';

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
      'Disable a on localhost:8080?    y  disable    esc  cancel',
    );
  });

  it('shows whom it is about and the key that says yes, however long it is', () => {
    const shown = from(press(named(long), 's'), 'Disable');
    expect(shown.replaceAll(/\s/g, '')).toContain(long);
    expect(shown).toMatch(/ y {2}disable/);
  });

  it('to be answered shows what is typed, however long the name is', () => {
    const shown = from(press(named(long), 'ctrl-d', ...type('a-ve')), 'Delete');
    expect(shown.replaceAll(/\s/g, '')).toContain(long);
    expect(shown.trim()).toMatch(/: a-ve$/);
  });

  it.each([40, 60, 80])('to be answered says what has to be typed at %i columns', (columns) => {
    const state = press(named('blablacar-journeys'), 'ctrl-d', ...type('bla'));
    const lines = frameOf({ ...state, columns }).lines.map((line) => lineText(line).trim());
    expect(lines.join(' ')).toContain('Type blablacar-journeys to confirm, esc cancels');
    expect(lines.at(-1)).toMatch(/: bla$/);
  });
});

describe('what is told', () => {
  const bottom = (state: State, rows: number): string[] =>
    frameOf(state)
      .lines.slice(-rows)
      .map((line) => lineText(line).trimEnd());
  const flashed = (level: 'ok' | 'info' | 'error', text: string): State =>
    told(named('a'), { type: 'flash', flash: { level, text } });
  const refused =
    'a was refused by http://localhost:8080: can’t parse job schedule: end of range (25) above maximum (23): 6-25 · Nothing was written. · Correct the schedule and save again.';

  it('of what went wrong is all there, over a few lines', () => {
    expect(bottom(flashed('error', refused), 3)).toEqual([
      ' ✗ a was refused by http://localhost:8080: can’t parse job schedule: end of',
      '   range (25) above maximum (23): 6-25 · Nothing was written. · Correct the',
      '   schedule and save again.',
    ]);
  });

  it('is cut after four lines', () => {
    const [first, ...others] = bottom(flashed('error', refused.repeat(4)), 5);
    expect(first).not.toMatch(/refused|schedule/);
    expect(others).toHaveLength(4);
    expect(others.at(-1)).toMatch(/…$/);
  });

  it.each(['ok', 'info'] as const)('is all there whether it went well or not: %s', (level) => {
    const path = `/home/operator/${'a-long-folder/'.repeat(8)}backup-dkron_2026-11-21T143129Z.jsonl`;
    const lines = bottom(flashed(level, `412 jobs saved to ${path}`), 3);
    expect(lines.map((line) => line.slice(3)).join('')).toBe(`412 jobs saved to ${path}`);
    expect(bottom(flashed('ok', 'saved to /tmp/a'), 1)).toEqual([' ✓ saved to /tmp/a']);
  });

  it('stands above the question or the words that are typed', () => {
    const [asked] = pressing(press(named('a'), 's'), ['y'], true);
    expect(bottom(asked, 2)).toEqual([
      ' · y came too early: press it again',
      expect.stringContaining('y  disable'),
    ]);
    const filtering = told(press(named('a'), '/', 'x'), {
      type: 'flash',
      flash: { level: 'ok', text: 'the run of b has ended' },
    });
    expect(bottom(filtering, 2)).toEqual([' ✓ the run of b has ended', ' /x']);
  });
});

describe('the keys of an editor, a menu, the help', () => {
  const http = { method: 'POST', url: 'http://x/', body: '{"a":1}' };
  const job = { name: 'a', schedule: '@daily', executor: 'http', executor_config: http };
  const over = { body: ['b'], schedule: ['i'], menu: ['i', 'ctrl-o'], help: ['?'] };
  const hints = (keys: readonly string[], columns: number): string => {
    const { lines } = frameOf({ ...press(showing([job]), ...keys), columns });
    return lineText(lines.at(-1)!).trimEnd();
  };

  it.each(Object.entries(over))(
    'stand whole on the line at any width, the way out among them: %s',
    (_, keys) => {
      const whole = hints(keys, 200);
      expect(hints(keys, 80)).toBe(whole);
      for (const columns of [60, 50, 40]) {
        const line = hints(keys, columns);
        expect(line).not.toContain('…');
        expect(line).toMatch(/(esc|\?) (keep|close)$/);
      }
    },
  );
});

it('the keys at the bottom are those that work: none that writes when read-only', () => {
  const bottom = (state: State): string =>
    lineText(frameOf({ ...state, columns: 250 }).lines.at(-1)!);
  expect(bottom(showing([{ name: 'a' }]))).toMatch(/↵ open.* i schedule/);
  const readOnly = bottom(showing([{ name: 'a' }], [], { readOnly: true }));
  expect(readOnly).toContain('open');
  expect(readOnly).not.toMatch(/ (i|t|s) (schedule|run|enable)/);
  expect(bottom(showing([]))).not.toMatch(/open|mark/);
});

describe('what one waits for', () => {
  const progress = { text: '3000 of 20000 jobs · 4.2 MB · 2.1 MB/s · 8s left', share: 0.15 };
  const taking = told(named('a'), { type: 'waiting', text: 'taking a snapshot', progress });
  const bottom = (state: State): string => lineText(frameOf(state).lines.at(-1)!).trim();

  it('tells how far it is, until it is there', () => {
    expect(bottom({ ...taking, columns: 80 })).toBe(`· taking a snapshot: ${progress.text}`);
    const flash = { level: 'ok', text: '20000 jobs saved' } as const;
    expect(bottom(told(taking, { type: 'flash', flash }))).toBe('✓ 20000 jobs saved');
    expect(bottom(press(told(taking, { type: 'flash', flash }), 'j'))).toContain('↵ open');
  });

  it('gives way to a question', () => {
    expect(bottom(press(taking, 's'))).toContain('Disable a');
  });

  it('is heard once, and without its numbers', () => {
    const { lines } = spokenOf(taking);
    expect(lines.filter((line) => line.includes('snapshot'))).toEqual(['taking a snapshot']);
    expect(lines.join(' ')).not.toContain('20000');
  });
});

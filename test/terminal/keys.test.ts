import { describe, expect, it } from 'vitest';
import { isOneCellEach } from '../../src/terminal/cell.ts';
import { altAsEscape, type Key, pressesOf } from '../../src/terminal/keys.ts';

describe('altAsEscape', () => {
  it.each<[string, Key[]]>([
    ['j', [{ name: 'j', coalesced: false }]],
    [
      'alt-j',
      [
        { name: 'esc', coalesced: true },
        { name: 'j', text: 'j', coalesced: true },
      ],
    ],
    [
      'alt-enter',
      [
        { name: 'esc', coalesced: true },
        { name: 'enter', coalesced: true },
      ],
    ],
    [
      'ctrl-alt-d',
      [
        { name: 'esc', coalesced: true },
        { name: 'ctrl-d', coalesced: true },
      ],
    ],
  ])('reads %s', (name, expected) => {
    expect(altAsEscape({ name, coalesced: false })).toEqual(expected);
  });
});

describe('pressesOf', () => {
  const graphemes = (text: string): string[] =>
    Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const typed = (text: string) => pressesOf(text).map((press) => press.text);
  const simple = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).filter(
    isOneCellEach,
  );

  it('takes for one key each what are graphemes of their own, whatever stands beside them', () => {
    const pairs = simple.map((each) => `${each}x${each}${each}©`).join('');
    expect(simple.length).toBeGreaterThan(1_000);
    expect(typed(pairs)).toEqual(graphemes(pairs));
  });

  it.each(['e\u0301x', '👩‍👧j', '🇫🇷🇩🇪', '한j', '1\ufe0f\u20e3'])(
    'takes %j apart by graphemes',
    (text) => {
      expect(typed(text)).toEqual(graphemes(text));
    },
  );
});

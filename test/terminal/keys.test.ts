import { describe, expect, it } from 'vitest';
import { altAsEscape, type Key } from '../../src/terminal/keys.ts';

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

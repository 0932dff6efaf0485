import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAsEscape, type InkKey, type Key, splitKeys } from '../../src/terminal/keys.ts';

const noKey: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  shift: false,
  meta: false,
};

const names = (input: string, key: Partial<InkKey> = {}) =>
  splitKeys(input, { ...noKey, ...key }).map(({ name }) => name);

describe('splitKeys', () => {
  it.each<[string, Partial<InkKey>, string[]]>([
    ['j', {}, ['j']],
    ['G', { shift: true }, ['G']],
    [' ', {}, ['space']],
    [' ', { ctrl: true }, ['ctrl-space']],
    ['\r', { return: true }, ['enter']],
    ['\r', { return: true, meta: true }, ['alt-enter']],
    ['\n', {}, ['ctrl-j']],
    ['', { tab: true }, ['tab']],
    ['', { tab: true, shift: true }, ['shift-tab']],
    ['', { escape: true }, ['esc']],
    ['\x1b', { escape: true, meta: true }, ['esc', 'esc']],
    ['', { backspace: true }, ['backspace']],
    ['', { delete: true, ctrl: true }, ['ctrl-delete']],
    ['', { upArrow: true, shift: true, meta: true }, ['alt-shift-up']],
    ['', { pageDown: true }, ['pagedown']],
    ['d', { ctrl: true }, ['ctrl-d']],
    ['\\', { ctrl: true }, ['ctrl-\\']],
    ['f', { meta: true }, ['alt-f']],
    ['F', { meta: true, shift: true }, ['alt-F']],
    ['d', { meta: true, ctrl: true }, ['ctrl-alt-d']],
    ['j', { eventType: 'release' }, []],
  ])('reads %j with %j as %j', (input, key, expected) => {
    expect(names(input, key)).toEqual(expected);
  });

  it('gives nothing for keys that Ink cannot name', () => {
    expect(names('')).toEqual([]);
    expect(names('', { ctrl: true })).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['jjj', ['j', 'j', 'j']],
    ['j\r', ['j', 'enter']],
    ['yes\r', ['y', 'e', 's', 'enter']],
    ['yes\r\n', ['y', 'e', 's', 'enter']],
    ['\t\t', ['tab', 'tab']],
    ['\x04\x15', ['ctrl-d', 'ctrl-u']],
    ['\x00\x1f\x1c', ['ctrl-space', 'ctrl-_', 'ctrl-\\']],
    ['a\x7f\b', ['a', 'backspace', 'backspace']],
    ['日本👨‍👩‍👧é', ['日', '本', '👨‍👩‍👧', 'é']],
    ['x\x9by', ['x', 'y']],
  ])('takes the chunk %j apart', (chunk, expected) => {
    expect(names(chunk)).toEqual(expected);
  });

  it('marks the keys of a chunk, and only those, as coalesced', () => {
    expect(splitKeys('y\r', noKey).every(({ coalesced }) => coalesced)).toBe(true);
    expect(splitKeys('y', noKey)).toEqual([{ name: 'y', text: 'y', coalesced: false }]);
  });

  it('keeps every grapheme of plain text', () => {
    const printable = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(printable, (text) => {
        expect(
          splitKeys(text, noKey)
            .map((key) => key.text ?? '')
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('turns any bytes into keys that either type or have a name of their own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const key of splitKeys(text, noKey)) {
          expect(key.name).not.toMatch(/\p{Cc}/u);
          expect(key.text ?? '').not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});

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

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noticeOf } from '../../src/terminal/notice.ts';

const osc9 = (text: string): string => noticeOf('osc9', text, {});

it('rings, shows a message, or is silent', () => {
  expect(noticeOf('none', 'a', {})).toBe('');
  expect(noticeOf('bell', 'a', {})).toBe('\x07');
  expect(osc9('PROD: a: it failed')).toBe('\x1b]9;PROD: a: it failed\x07');
});

it('passes through tmux, in its wrapping', () => {
  expect(noticeOf('osc9', 'a', { TMUX: '/tmp/tmux' })).toContain(
    '\x1bPtmux;\x1b\x1b]9;a\x07\x1b\\',
  );
});

it.each(['4;1;50', '\x1b4;0', ' 4;0', '1;2', '9', '\x9b4;1'])(
  'is never another command: %j',
  (text) => {
    expect(osc9(text)).toMatch(/^\x1b\]9;(?!\d+[;\x07])[^\x00-\x1f\x7f-\x9f]*\x07$/);
  },
);

it('holds nothing of a text that a terminal would obey', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(osc9(text)).toMatch(/^\x1b\]9;(?!\d+[;\x07])[^\p{Cc}]*\x07$/u);
    }),
  );
});

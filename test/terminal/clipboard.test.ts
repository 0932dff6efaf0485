import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyOf } from '../../src/terminal/clipboard.ts';

const sequence = (text: string, env: Record<string, string> = {}): string =>
  copyOf(text, env).sequence ?? '';
const said = (text: string, env: Record<string, string> = {}): string => copyOf(text, env).said;

const tmux = { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen-256color' };
const screen = { STY: '1234.pts-0.host', TERM: 'screen' };

/** What GNU screen passes on: the strings of device control, each shorter than its limit. */
function throughScreen(bytes: string): string {
  const strings = [...bytes.matchAll(/\x1bP(.*?)\x1b\\/gs)];
  for (const [, string = ''] of strings) expect(string.length).toBeLessThan(768);
  return strings.map(([, string]) => string).join('');
}

describe('a copied text', () => {
  it('is carried as base64 of its UTF-8', () => {
    expect(sequence('zürich')).toBe('\x1b]52;c;esO8cmljaA==\x07');
  });

  it('is sent to tmux and, wrapped, through it', () => {
    expect(sequence('a', tmux)).toBe('\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\');
  });

  it('goes through GNU screen whole, in pieces that it takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (text) => {
        expect(throughScreen(sequence(text, screen))).toBe(sequence(text));
      }),
    );
  });

  it('goes both ways where only TERM tells, as over ssh', () => {
    const bytes = sequence('a', { TERM: 'screen.xterm-256color' });
    expect(bytes.startsWith(sequence('a'))).toBe(true);
    expect(throughScreen(bytes)).toBe(sequence('a'));
  });

  it('is said to be sent, not copied, and what may keep it', () => {
    expect(said('a')).toBe('sent 1 character to the terminal’s clipboard');
    expect(said('añ😀')).toBe('sent 3 characters to the terminal’s clipboard');
    expect(said('a', tmux)).toContain('set-clipboard on');
    expect(said('a', screen)).toContain('GNU screen');
    for (const env of [{}, tmux, screen]) expect(said('a', env)).not.toContain('copied');
  });

  it('that terminals would drop is not sent, and says how much they take', () => {
    expect(sequence('x'.repeat(56_244))).toHaveLength(74_992 + '\x1b]52;c;\x07'.length);
    expect(copyOf('x'.repeat(56_248), {})).toEqual({
      sequence: null,
      said: expect.stringContaining('56 kB at most'),
    });
  });

  it.each(['linux', 'dumb'])('is not sent to a terminal without a clipboard (%s)', (TERM) => {
    expect(copyOf('a', { TERM })).toEqual({
      sequence: null,
      said: expect.stringContaining(`(${TERM}) has no clipboard`),
    });
  });
});

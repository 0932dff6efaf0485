import { describe, expect, it } from 'vitest';
import { copySequence } from '../../src/terminal/clipboard.ts';

describe('copySequence', () => {
  it('carries the text as base64 of its UTF-8', () => {
    expect(copySequence('zürich', {})).toBe('\x1b]52;c;esO8cmljaA==\x07');
  });

  it('is sent to tmux and, wrapped, through it', () => {
    expect(copySequence('a', { TMUX: '/tmp/tmux-0/default,1,0' })).toBe(
      '\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\',
    );
  });

  it('is not made for texts that terminals would drop', () => {
    expect(copySequence('x'.repeat(56_244), {})).toHaveLength(74_992 + '\x1b]52;c;\x07'.length);
    expect(copySequence('x'.repeat(56_248), {})).toBeUndefined();
  });
});

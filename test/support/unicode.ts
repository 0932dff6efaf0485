/**
 * Character widths for xterm's emulator, which knows only Unicode 6 by itself. They are counted by
 * code point, as most terminals do, while Ink counts by grapheme: where the two disagree, a screen
 * drawn by Ink goes out of line here as it would there.
 */
import type { Terminal } from '@xterm/headless';
import stringWidth from 'string-width';

type Provider = Parameters<Terminal['unicode']['register']>[0];

/** Vowels and finals of Hangul, which join the syllable before them. */
const joinsSyllable = (codepoint: number) => codepoint >= 0x1160 && codepoint <= 0x11ff;

export const currentUnicode: Provider = {
  version: 'current',
  wcwidth(codepoint) {
    if (joinsSyllable(codepoint)) return 0;
    return Math.min(2, stringWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2;
  },
  // The value packs a state, a width and whether the character joins the preceding cell.
  charProperties(codepoint, preceding) {
    const own = this.wcwidth(codepoint);
    const cell = (preceding >> 1) & 3;
    const joins = own === 0 && cell > 0;
    return ((joins ? cell : own) << 1) | Number(joins);
  },
};

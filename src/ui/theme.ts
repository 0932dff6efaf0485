/** What the meanings of the views look like. Default colours of the terminal and four of our own. */
import type { TextProps } from 'ink';
import type { Span } from '../view/line.ts';

type Look = Pick<TextProps, 'color' | 'dimColor' | 'bold' | 'inverse'>;
export type Theme = (span: Span) => Look;

const base = ({ bold, inverse }: Span): Look => ({
  ...(bold ? { bold } : {}),
  ...(inverse ? { inverse } : {}),
});

type Colours = Readonly<Record<'ok' | 'bad' | 'attention', string | undefined>>;

/**
 * Read on white and on black alike: from 16 on the 256 colours are the same everywhere, and these are
 * half as light as white. Of the 16, whose look is the terminal's, only red and magenta are so in the
 * common palettes: yellow and green vanish on white, and what is well needs no colour.
 */
const of256: Colours = { ok: 'ansi256(28)', bad: 'ansi256(160)', attention: 'ansi256(130)' };
const of16: Colours = { ok: undefined, bad: 'red', attention: 'magenta' };

const coloured =
  (colours: Colours): Theme =>
  (span) => {
    const look = base(span);
    if (span.tone === undefined || span.tone === 'plain') return look;
    // The row under the cursor is one bar; only what is wrong stands out of it.
    if (span.inverse && span.tone !== 'bad') return look;
    if (span.tone === 'quiet') return { ...look, dimColor: true };
    const color = colours[span.tone];
    return color === undefined ? look : { ...look, color };
  };

/** Without colour the glyph and the word carry the meaning; what is wrong is bold besides. */
const mono: Theme = (span) => (span.tone === 'bad' ? { ...base(span), bold: true } : base(span));

/**
 * For a terminal of that many bits of colour (`tty.WriteStream.getColorDepth`). NO_COLOR
 * (no-color.org) counts when it is set to anything but nothing, and FORCE_COLOR=0 says the same: no
 * colour, but reverse and bold.
 */
export function themeOf(env: NodeJS.ProcessEnv, depth = 8): Theme {
  if (env['NO_COLOR'] || ['0', 'false'].includes(env['FORCE_COLOR'] ?? '') || depth < 4)
    return mono;
  // Node takes every tmux for one of 24 bits; Ink goes by the name, and would round ours to yellow.
  const few = depth < 8 || (env['TERM'] === 'screen' && !env['COLORTERM']);
  return coloured(few ? of16 : of256);
}

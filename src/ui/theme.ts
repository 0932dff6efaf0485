/** What the meanings of the views look like. Default colours of the terminal and four of our own. */
import type { TextProps } from 'ink';
import type { Span } from '../console/line.ts';

type Look = Pick<TextProps, 'color' | 'dimColor' | 'bold' | 'inverse'>;
export type Theme = (span: Span) => Look;

const base = ({ bold, inverse }: Span): Look => ({
  ...(bold ? { bold } : {}),
  ...(inverse ? { inverse } : {}),
});

const colours = { ok: 'green', bad: 'red', attention: 'yellow' } as const;

const coloured: Theme = (span) => {
  const look = base(span);
  if (span.tone === undefined || span.tone === 'plain') return look;
  // The row under the cursor is one bar; only what is wrong stands out of it.
  if (span.inverse && span.tone !== 'bad') return look;
  if (span.tone === 'quiet') return { ...look, dimColor: true };
  return { ...look, color: colours[span.tone] };
};

/** Without colour the glyph and the word carry the meaning; what is wrong is bold besides. */
const mono: Theme = (span) => (span.tone === 'bad' ? { ...base(span), bold: true } : base(span));

/** NO_COLOR (no-color.org) counts when it is set to anything but nothing; Ink itself ignores it. */
export const themeOf = (env: NodeJS.ProcessEnv): Theme => (env['NO_COLOR'] ? mono : coloured);

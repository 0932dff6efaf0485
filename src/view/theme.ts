/** How what a span means looks: one table of themes for the screen and for all that a command prints. */
import type { BadgeColour, ThemeName } from '../config/looks.ts';
import type { Colours } from '../terminal/colours.ts';
import type { Span, Tone } from './line.ts';

/** A colour of the 256: below 16 as the terminal has it, from 16 on the same everywhere. */
export type Colour = number;

export interface Look {
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly underline?: true;
  readonly inverse?: true;
}

export type Theme = (span: Span) => Look;

type Looks = Readonly<Record<Exclude<Tone, 'plain'>, Look>>;

interface Palette {
  readonly about: string;
  readonly looks: Looks;
  /** Where there are no more than 16 colours. */
  readonly few: Looks;
}

const dim: Look = { dim: true };

/**
 * Of the 16, whose look is the terminal's, only red and magenta are read on white and on black in the
 * common palettes: yellow and green vanish on white, and what is well needs no colour.
 */
const onBoth: Looks = { ok: {}, bad: { fg: 1 }, attention: { fg: 5 }, quiet: dim };

/**
 * What is contrast, and on which ground, is held by test/view/theme.test.ts. All keep the terminal's
 * own colours for whatever means nothing.
 */
const palettes = {
  auto: {
    about: 'the default: read on white and on black alike',
    looks: { ok: { fg: 28 }, bad: { fg: 160 }, attention: { fg: 130 }, quiet: dim },
    few: onBoth,
  },
  '16-colors': { about: 'the terminal’s own palette', looks: onBoth, few: onBoth },
  light: {
    about: 'for a light background',
    looks: { ok: { fg: 22 }, bad: { fg: 124 }, attention: { fg: 94 }, quiet: { fg: 240 } },
    few: onBoth,
  },
  dark: {
    about: 'for a dark background',
    looks: { ok: { fg: 77 }, bad: { fg: 203 }, attention: { fg: 214 }, quiet: { fg: 247 } },
    few: { ok: { fg: 2 }, bad: { fg: 9 }, attention: { fg: 11 }, quiet: dim },
  },
  // Colours bring their own ground, so that it does not matter which the terminal has.
  'high-contrast': {
    about: 'nothing dimmed; what is wrong stands in a block of its own colours',
    looks: { ok: {}, bad: { fg: 231, bg: 88 }, attention: { fg: 16, bg: 226 }, quiet: {} },
    few: {
      ok: {},
      bad: { bold: true, underline: true },
      attention: { underline: true },
      quiet: {},
    },
  },
  'color-blind': {
    about: 'blue, orange and mauve instead of green and red',
    looks: { ok: { fg: 27 }, bad: { fg: 166 }, attention: { fg: 132 }, quiet: dim },
    few: onBoth,
  },
  mono: {
    about: 'no colours',
    looks: { ok: {}, bad: { bold: true }, attention: {}, quiet: {} },
    few: { ok: {}, bad: { bold: true }, attention: {}, quiet: {} },
  },
} as const satisfies Record<ThemeName, Palette>;

export const aboutTheme = (name: ThemeName): string => palettes[name].about;

const badges: Readonly<Record<BadgeColour, Look>> = {
  red: { fg: 231, bg: 124 },
  yellow: { fg: 16, bg: 220 },
  green: { fg: 231, bg: 22 },
  blue: { fg: 231, bg: 19 },
  magenta: { fg: 231, bg: 90 },
  cyan: { fg: 16, bg: 44 },
  gray: { fg: 231, bg: 238 },
};

const fewBadges: Readonly<Record<BadgeColour, Look>> = {
  red: { fg: 15, bg: 1 },
  yellow: { fg: 0, bg: 3 },
  green: { fg: 0, bg: 2 },
  blue: { fg: 15, bg: 4 },
  magenta: { fg: 15, bg: 5 },
  cyan: { fg: 0, bg: 6 },
  gray: { inverse: true },
};

/** The theme of that name with so many colours; without any every theme is `mono`. */
export function themeOf(name: ThemeName, colours: Colours): Theme {
  const mono = colours === 0 || name === 'mono';
  const palette: Palette = palettes[mono ? 'mono' : name];
  const looks = colours === 256 ? palette.looks : palette.few;
  const badge = colours === 256 && name !== '16-colors' ? badges : fewBadges;
  return (span) => {
    const look = shape(span);
    if (span.badge !== undefined)
      return { ...look, bold: true, ...(mono ? { inverse: true } : badge[span.badge]) };
    if (span.tone === undefined || span.tone === 'plain') return look;
    // The row under the cursor is one bar; only what is wrong stands out of it.
    return span.inverse && span.tone !== 'bad' ? look : { ...look, ...looks[span.tone] };
  };
}

/** What it looks like whatever it means. */
const shape = ({ bold, inverse }: Span): Look => ({
  ...(bold ? { bold } : {}),
  ...(inverse ? { inverse } : {}),
});

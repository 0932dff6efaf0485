import { describe, expect, it } from 'vitest';
import { badgeColours, type ThemeName, themeNames } from '../../src/config/looks.ts';
import type { Span, Tone } from '../../src/view/line.ts';
import { type Look, themeOf } from '../../src/view/theme.ts';
import { contrast, difference, type Eye, eyes, ofPalette, type Rgb } from '../support/colour.ts';

const tones: readonly Tone[] = ['ok', 'bad', 'attention', 'quiet', 'plain'];
const spans: readonly Span[] = [undefined, ...tones].flatMap((tone) =>
  [{}, { bold: true }, { inverse: true }].map((look) => ({
    text: 'x',
    ...(tone === undefined ? {} : { tone }),
    ...look,
  })),
);

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
/** With Solarized's. */
const lightGrounds: readonly Rgb[] = [white, [238, 238, 238], [253, 246, 227]];
/** With VS Code's, Solarized's and Dracula's. */
const darkGrounds: readonly Rgb[] = [black, [30, 30, 30], [0, 43, 54], [40, 42, 54]];

/** How well a look is read on a ground; the terminal's own letters are, whatever they are. */
function readOn(look: Look, ground: Rgb, palette: (colour: number) => Rgb): number {
  const letters = look.fg === undefined ? null : palette(look.fg);
  return letters === null
    ? 21
    : contrast(letters, look.bg === undefined ? ground : palette(look.bg));
}

describe('without colours', () => {
  it.each(themeNames)('%s keeps bold and inverse only', (name) => {
    for (const theme of [themeOf(name, 0), themeOf('mono', 256)])
      for (const span of [...spans, { text: 'x', badge: 'red' } as const])
        expect(
          Object.keys(theme(span)).filter((key) => !['bold', 'inverse'].includes(key)),
        ).toEqual([]);
  });

  it('what is wrong is bold; the selection and a badge are inverse', () => {
    const theme = themeOf('dark', 0);
    expect(theme({ text: 'x', tone: 'bad' })).toEqual({ bold: true });
    expect(theme({ text: 'x', inverse: true })).toEqual({ inverse: true });
    expect(theme({ text: 'x', badge: 'red' })).toEqual({ bold: true, inverse: true });
  });
});

describe('256 colours', () => {
  /**
   * On one ground level AA of WCAG 2.2 is the bar, and AAA for high contrast. On white and on black at
   * once no colour has more than 4.58: 3.8 leaves room for three hues, and is above the 3 that is asked
   * for marks and large text; what is said stands there in words besides.
   */
  const bars: readonly [ThemeName, readonly Rgb[], number][] = [
    ['auto', [white, black], 3.8],
    ['color-blind', [white, black], 3.8],
    ['light', lightGrounds, 4.5],
    ['dark', darkGrounds, 4.5],
    ['high-contrast', [...lightGrounds, ...darkGrounds], 7],
  ];

  it.each(bars)('%s is read on %j by at least %d', (name, grounds, bar) => {
    const theme = themeOf(name, 256);
    for (const tone of tones)
      for (const ground of grounds)
        expect(
          readOn(theme({ text: 'x', tone }), ground, ofPalette),
          `${tone} on ${ground}`,
        ).toBeGreaterThanOrEqual(bar);
  });

  it('high contrast dims nothing', () => {
    for (const colours of [16, 256] as const)
      for (const span of spans) expect(themeOf('high-contrast', colours)(span).dim).toBeUndefined();
  });

  it.each(badgeColours)('a badge of %s is read by at least 7, whatever the ground', (badge) => {
    const look = themeOf('auto', 256)({ text: 'x', badge });
    expect(look.bg).toBeDefined();
    expect(readOn(look, black, ofPalette)).toBeGreaterThanOrEqual(7);
  });

  /** The least distance of what is well, wrong and worth a look, to an eye. */
  const apart = (name: ThemeName, eye: Eye): number => {
    const theme = themeOf(name, 256);
    const [ok, bad, attention] = (['ok', 'bad', 'attention'] as const).map((tone) =>
      ofPalette(theme({ text: 'x', tone }).fg!),
    );
    return Math.min(
      difference(ok!, bad!, eye),
      difference(ok!, attention!, eye),
      difference(bad!, attention!, eye),
    );
  };

  /** 2.3 is just noticeable side by side; ten of those are told apart in single letters far apart. */
  it.each(eyes)('color-blind: %s tells all three apart', (eye) => {
    expect(apart('color-blind', eye)).toBeGreaterThan(23);
  });

  it('the bar is one that the usual colours miss', () => {
    expect(apart('auto', 'trichromat')).toBeGreaterThan(23);
    expect(apart('auto', 'deuteranopia')).toBeLessThan(23);
  });

  it('keeps the terminal’s own colours for all that means nothing', () => {
    for (const name of themeNames)
      for (const tone of [undefined, 'plain'] as const)
        for (const look of [{}, { bold: true }, { inverse: true }] as const)
          expect(themeOf(name, 256)({ text: 'x', ...(tone && { tone }), ...look })).toEqual(look);
  });

  it('dims nothing that is selected, and keeps what is wrong in sight there', () => {
    const theme = themeOf('auto', 256);
    expect(theme({ text: 'x', tone: 'quiet' })).toEqual({ dim: true });
    expect(theme({ text: 'x', tone: 'quiet', inverse: true })).toEqual({ inverse: true });
    expect(theme({ text: 'x', tone: 'bad', inverse: true })).toEqual({ inverse: true, fg: 160 });
  });
});

/** The common palettes of the 16 colours: black, red, green, yellow, blue, magenta, cyan, white, then bright. */
const palettes: Readonly<Record<string, readonly number[]>> = {
  xterm: [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ],
  'macOS Terminal': [
    0x000000, 0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2, 0xbfbfbf, 0x666666,
    0xe50000, 0x00d900, 0xe5e500, 0x0000ff, 0xe500e5, 0x00e5e5, 0xe5e5e5,
  ],
  'VS Code': [
    0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666,
    0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff,
  ],
};

describe.each(Object.keys(palettes))('the 16 colours of %s', (name) => {
  const palette = (colour: number): Rgb => {
    const rgb = palettes[name]?.[colour] ?? Number.NaN;
    return [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];
  };
  /** They are the terminal's: where both grounds have to do, white needs more than black. */
  const bars: readonly [ThemeName, white: number, black: number][] = [
    ['auto', 4, 2.3],
    ['16-colors', 4, 2.3],
    ['light', 4, 0],
    ['dark', 0, 4],
    ['color-blind', 4, 2.3],
    ['high-contrast', 7, 7],
  ];

  it.each(bars)('%s is read on white by %d, on black by %d', (theme, onWhite, onBlack) => {
    for (const tone of tones) {
      const look = themeOf(theme, 16)({ text: 'x', tone });
      expect(readOn(look, white, palette), tone).toBeGreaterThanOrEqual(onWhite);
      expect(readOn(look, black, palette), tone).toBeGreaterThanOrEqual(onBlack);
    }
  });

  it.each(eyes)('color-blind: %s tells wrong from worth a look', (eye) => {
    const [bad, attention] = (['bad', 'attention'] as const).map((tone) =>
      palette(themeOf('color-blind', 16)({ text: 'x', tone }).fg!),
    );
    expect(difference(bad!, attention!, eye)).toBeGreaterThan(23);
  });

  it.each(badgeColours)('a badge of %s, large and bold, is read by 3', (badge) => {
    const look = themeOf('16-colors', 256)({ text: 'x', badge });
    expect(look).toMatchObject({ bold: true });
    expect(readOn(look, white, palette)).toBeGreaterThanOrEqual(3);
  });
});

it('every theme that has colours says what is wrong and what is worth a look in looks of their own', () => {
  for (const name of themeNames.filter((name) => name !== 'mono'))
    for (const colours of [16, 256] as const) {
      const looks = (['plain', 'bad', 'attention'] as const).map((tone) =>
        JSON.stringify(themeOf(name, colours)({ text: 'x', tone })),
      );
      expect(new Set(looks).size, name).toBe(3);
    }
});

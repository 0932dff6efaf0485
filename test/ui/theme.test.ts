import { describe, expect, it } from 'vitest';
import { themeOf } from '../../src/ui/theme.ts';
import type { Span, Tone } from '../../src/view/line.ts';

const tones: readonly Tone[] = ['ok', 'bad', 'attention', 'quiet', 'plain'];
const spans: readonly Span[] = [undefined, ...tones].flatMap((tone) =>
  [{}, { bold: true }, { inverse: true }].map((look) => ({
    text: 'x',
    ...(tone === undefined ? {} : { tone }),
    ...look,
  })),
);

describe('without colour', () => {
  const theme = themeOf({ NO_COLOR: '1' });

  it.each(spans.map((span) => [span]))('%o has none', (span) => {
    expect(Object.keys(theme(span)).filter((prop) => !['bold', 'inverse'].includes(prop))).toEqual(
      [],
    );
  });

  it('what is wrong is bold, and the selection is inverse', () => {
    expect(theme({ text: 'x', tone: 'bad' })).toEqual({ bold: true });
    expect(theme({ text: 'x', inverse: true })).toEqual({ inverse: true });
  });
});

describe('with colour', () => {
  const theme = themeOf({ NO_COLOR: '' });

  it('says what is well, wrong and worth a look by colour', () => {
    const colours = (['ok', 'bad', 'attention'] as const).map(
      (tone) => theme({ text: 'x', tone }).color,
    );
    expect(new Set(colours).size).toBe(3);
    expect(colours).not.toContain(undefined);
  });

  /** Relative luminance and contrast as WCAG 2 defines them. */
  const luminance = (rgb: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const onWhite = (rgb: readonly number[]): number => 1.05 / (luminance(rgb) + 0.05);
  const onBlack = (rgb: readonly number[]): number => (luminance(rgb) + 0.05) / 0.05;
  /** The cube of the 256 colours: 16 + 36 r + 6 g + b. */
  const cube = (color: string | undefined): number[] => {
    const index = Number(/^ansi256\((\d+)\)$/.exec(color ?? '')?.[1]) - 16;
    return [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(
      (step) => [0, 95, 135, 175, 215, 255][step] ?? Number.NaN,
    );
  };

  it.each(['ok', 'bad', 'attention'] as const)('is read on white and on black: %s', (tone) => {
    const rgb = cube(theme({ text: 'x', tone }).color);
    expect(onWhite(rgb)).toBeGreaterThan(3.8);
    expect(onBlack(rgb)).toBeGreaterThan(3.8);
  });

  /** The common palettes of the 16 colours. */
  const palettes: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
    xterm: { red: [205, 0, 0], magenta: [205, 0, 205], green: [0, 205, 0], yellow: [205, 205, 0] },
    'macOS Terminal': {
      red: [153, 0, 0],
      magenta: [178, 0, 178],
      green: [0, 166, 0],
      yellow: [153, 153, 0],
    },
    'VS Code': {
      red: [205, 49, 49],
      magenta: [188, 63, 188],
      green: [13, 188, 121],
      yellow: [229, 229, 16],
    },
  };

  it.each(Object.keys(palettes))('takes of the 16 colours what %s shows well on white', (name) => {
    const few = themeOf({}, 4);
    for (const tone of ['ok', 'bad', 'attention'] as const) {
      const { color } = few({ text: 'x', tone });
      if (color === undefined) continue;
      const rgb = palettes[name]?.[color];
      expect(rgb, color).toBeDefined();
      expect(onWhite(rgb ?? []), color).toBeGreaterThan(4);
      expect(onBlack(rgb ?? []), color).toBeGreaterThan(2.3);
    }
    expect(few({ text: 'x', tone: 'ok' }).color).toBeUndefined();
  });

  it('takes a bare screen for one of 16 colours, whatever runs in it', () => {
    const theme = themeOf({ TERM: 'screen', TMUX: '/tmp/x' }, 24);
    expect(theme({ text: 'x', tone: 'attention' }).color).toBe('magenta');
  });

  it('shows none on a terminal that has none', () => {
    for (const span of spans) expect(themeOf({}, 1)(span).color).toBeUndefined();
  });

  it('keeps the terminal’s own colours for all else', () => {
    for (const span of spans)
      if (span.tone === undefined || span.tone === 'plain' || span.tone === 'quiet')
        expect(theme(span).color).toBeUndefined();
  });

  it('dims nothing that is selected', () => {
    expect(theme({ text: 'x', tone: 'quiet' })).toEqual({ dimColor: true });
    expect(theme({ text: 'x', tone: 'quiet', inverse: true })).toEqual({ inverse: true });
  });
});

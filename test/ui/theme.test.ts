import { describe, expect, it } from 'vitest';
import type { Span, Tone } from '../../src/console/line.ts';
import { themeOf } from '../../src/ui/theme.ts';

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
    expect(colours).toEqual(['green', 'red', 'yellow']);
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

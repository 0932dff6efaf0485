import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/json/highlight.ts';
import { anyText } from '../job/json.ts';

const shown = (line: string) =>
  tokensOf(line).map(({ kind, start, end }) => `${kind} ${line.slice(start, end)}`);

describe('tokensOf', () => {
  it('tells names from strings', () => {
    expect(shown('  "a" : "b", 1e400 null')).toEqual([
      'key "a"',
      'punctuation :',
      'string "b"',
      'punctuation ,',
      'number 1e400',
      'literal null',
    ]);
  });

  it('marks what is not JSON', () => {
    expect(shown("nul 'x' 1. // c")).toEqual(['error nul', "error 'x'", 'error 1.', 'error // c']);
    expect(shown('"never closed')).toEqual(['error "never closed']);
  });

  it('leaves out white space only, in any text', () => {
    fc.assert(
      fc.property(anyText, (line) => {
        const tokens = tokensOf(line);
        const gaps = [0, ...tokens.map(({ end }) => end)].map((end, index) =>
          line.slice(end, tokens[index]?.start ?? line.length),
        );
        expect(gaps.join('')).toMatch(/^[ \t\r\n]*$/);
      }),
    );
  });
});

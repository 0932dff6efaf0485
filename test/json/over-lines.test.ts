import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overLines } from '../../src/json/over-lines.ts';
import { indented, writeTokens } from '../../src/json/spacing.ts';
import { jsonTokens } from '../../src/json/tokens.ts';
import { anyJson } from '../job/json.ts';

const byTokens = (json: string): string => writeTokens(jsonTokens(json), (gap) => indented(gap));

describe('JSON over lines', () => {
  it('is what its tokens are, set one after the other', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const { lines, count } = overLines(json);
        expect(lines.join('\n')).toBe(byTokens(json));
        expect(count).toBe(lines.length);
      }),
    );
  });

  it('is begun only, and counted to its end', () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 0, max: 6 }), (json, most) => {
        const { lines, count } = overLines(json);
        expect(overLines(json, most)).toEqual({ lines: lines.slice(0, most), count });
      }),
    );
  });

  it.each([
    '[ { } , [\n] ,"\\\\","\\"]",-1.50e3 ,true]',
    ' "\u2028" ',
    '{"":[[]],"a\\\\\\"":{"b":null}}\r\n',
    '0',
  ])('keeps what is written: %j', (json) => {
    expect(overLines(json).lines.join('\n')).toBe(byTokens(json));
  });
});

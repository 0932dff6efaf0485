import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeBlock, codeSpan } from '../../src/view/markdown.ts';

const hostile = fc.string({
  unit: fc.constantFrom('`', '|', '\\', '\n', ' ', 'a', '<', '@', '\u001b', '\u202e'),
  maxLength: 12,
});

test('a text in a code span ends with the span, and is one cell of a table', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const span = codeSpan(text);
      expect(span).not.toMatch(/[|\n\u001b\u202e]/);
      const [ticks = ''] = /^`+/.exec(span)!;
      const inside = span.slice(ticks.length, -ticks.length);
      expect(span).toBe(ticks + inside + ticks);
      expect(inside).not.toBe('');
      expect(inside.match(/`+/g) ?? []).not.toContain(ticks);
      expect(inside).not.toMatch(/^`|`$/);
    }),
  );
});

test('no line of a block ends it', () => {
  fc.assert(
    fc.property(fc.array(hostile.map((text) => text.replaceAll('\n', ''))), (lines) => {
      const [first = '', ...rest] = codeBlock('diff', lines);
      const fence = first.replace('diff', '');
      expect(rest).toEqual([...lines, fence]);
      expect(lines.some((line) => line.includes(fence))).toBe(false);
    }),
  );
});

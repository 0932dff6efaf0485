import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeInner, openInner } from '../../src/json/inner.ts';
import { closeBody, openBody } from '../../src/json/layout.ts';
import { anyJson, anyText } from '../job/json.ts';

const stringify = (value: unknown) => JSON.stringify(value);

describe('openInner', () => {
  const text = '{\n  "payload": "{\\"a\\":[1,2]}", "n": "12", "s": "{no}"\n}';

  it.each([
    ['at its first quote', text.indexOf('"{')],
    ['inside', text.indexOf('[1')],
    ['behind its last quote', text.indexOf(', "n"')],
    ['at its name', text.indexOf('payload')],
  ])('opens a string %s', (_, offset) => {
    expect(openInner(text, offset)).toEqual({
      start: text.indexOf('"{'),
      end: text.indexOf(', "n"'),
      shown: '{\n  "a": [\n    1,\n    2\n  ]\n}',
    });
  });

  it.each(['{', '"n"', '12', '{no}'])('opens nothing at %s', (place) => {
    expect(openInner(text, text.indexOf(place))).toBeNull();
  });

  it('takes any text and any offset', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: -1, max: 50 }), (any, offset) => {
        const inner = openInner(any, offset);
        expect(closeInner(any, offset, inner?.shown ?? 'x')).toBe(any);
      }),
    );
  });
});

describe('closeInner', () => {
  it('leaves every other byte as it was, escapes included', () => {
    const outer =
      '{"u": "{\\"url\\":\\"http:\\\\/\\\\/a\\", \\u0022b\\":1,\\"e\\":\\"\\u00e9🚲\\"}"}';
    const edited = openInner(outer, 8)!.shown.replace('1', '1e400').replace('é🚲', 'é🚴');
    expect(closeInner(outer, 8, edited)).toBe(
      '{"u": "{\\"url\\":\\"http:\\\\/\\\\/a\\", \\u0022b\\":1e400,\\"e\\":\\"\\u00e9🚴\\"}"}',
    );
  });

  it('puts back what is no JSON any more', () => {
    expect(closeInner('["[1]"]', 1, 'no "JSON"')).toBe('["no \\"JSON\\""]');
  });

  it('changes one value at any depth and nothing else', () => {
    const wrap = (text: string) => `{"in" :${stringify(text)}, "x": 1.0}`;
    const wrapped = (text: string, levels: number) =>
      Array.from({ length: levels }).reduce<string>(wrap, text);
    const atName = '{\n  "in"'.length;
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 1, max: 4 }), (json, levels) => {
        const stored = wrapped(`[ 1, ${json}]`, levels);
        const shown = [openBody(stored).shown];
        for (let level = 0; level < levels; level++)
          shown.push(openInner(shown.at(-1)!, atName)!.shown);
        shown.push(shown.pop()!.replace('1', '1e400'));
        const edited = shown.reduceRight((inner, outer) => closeInner(outer, atName, inner));
        expect(closeBody(stored, edited)).toBe(wrapped(`[ 1e400, ${json}]`, levels));
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonNode } from '../../src/demo/read-json.ts';
import { readFirstJson, readWholeJson } from '../../src/demo/read-json.ts';

function plainOf(node: JsonNode): unknown {
  if (node.kind === 'null') return null;
  if (node.kind === 'number') return Number(node.text);
  if (node.kind === 'array') return node.items.map(plainOf);
  if (node.kind === 'object')
    return Object.fromEntries(node.members.map(([key, value]) => [key, plainOf(value)]));
  return node.value;
}

test('whatever is JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (text, space) => {
      const expected = JSON.parse(text.toWellFormed());
      expect(plainOf(readWholeJson(space + text.toWellFormed() + space))).toEqual(expected);
    }),
  );
});

test('whatever JSON.parse refuses is refused', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:x0\\'), (json, at, char) => {
      const place = at % (json.length + 1);
      const text = json.slice(0, place) + char + json.slice(place);
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid) readWholeJson(text);
      else expect(() => readWholeJson(text)).toThrow();
    }),
  );
});

test.each([
  ['', 'EOF'],
  [' \n', 'EOF'],
  ['{"a":', 'unexpected EOF'],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 2}', "invalid character '2' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ["'a'", "invalid character '\\'' looking for beginning of value"],
  ['é', "invalid character 'Ã' looking for beginning of value"],
])('%j: %s', (text, message) => {
  expect(() => readFirstJson(text)).toThrow(message);
});

test('what follows the first value is not looked at, unless it is the whole text', () => {
  expect(plainOf(readFirstJson('{"a":1}garbage'))).toEqual({ a: 1 });
  expect(() => readWholeJson('{"a":1}garbage')).toThrow(
    "invalid character 'g' after top-level value",
  );
});

test('numbers keep their text, strings their raw form, and a lone surrogate is replaced', () => {
  expect(readFirstJson('12345678901234567890.0e1')).toEqual({
    kind: 'number',
    text: '12345678901234567890.0e1',
  });
  expect(readFirstJson('"a\\u0041\\ud800"')).toEqual({
    kind: 'string',
    value: 'aA\ufffd',
    raw: 'a\\u0041\\ud800',
  });
});

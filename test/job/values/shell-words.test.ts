import { describe, expect, it } from 'vitest';
import { shellWords } from '../../../src/job/values/shell-words.ts';

/** Each word; what was quoted stands in « ». */
const words = (text: string) =>
  shellWords(text)?.map(({ text, quoted }) => (quoted ? `«${text}»` : text)) ?? null;

describe('the words of a command line', () => {
  it.each<[text: string, expected: string[] | null]>([
    ['', []],
    ['  ', []],
    [' a  b\tc\n', ['a', 'b', 'c']],
    [`'a b'c`, ['«a bc»']],
    [`c'a b'`, ['«ca b»']],
    [`''`, ['«»']],
    [`"a\\"b\\\\c\\$d\\\`e\\x"`, ['«a"b\\c$d`e\\x»']],
    ['"a\\\nb"', ['«ab»']],
    ['a\\ b', ['a b']],
    ['a\\\nb', ['ab']],
    ['\\\n', ['']],
    [`a\\'b`, ["a'b"]],
    ['$HOME/x "$HOME"', ['$HOME/x', '«$HOME»']],
    [`'a`, null],
    ['"a', null],
    [`$'a`, null],
    ['a\\', null],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each<[text: string, value: string]>([
    [`$'\\a\\b\\e\\E\\f\\n\\r\\t\\v'`, '\x07\b\x1b\x1b\f\n\r\t\v'],
    [`$'\\'\\"\\\\\\?'`, `'"\\?`],
    [`$'\\q\\$'`, '\\q\\$'],
    [`$'\\x41\\x4a\\102'`, 'AJB'],
    [`$'\\xe9'`, '\ufffd'],
    [`$'\\xc3\\xa9'`, 'é'],
    [`$'\\u41\\u00e9\\U1F6B2'`, 'Aé🚲'],
    [`$'\\U10ffff\\U110000'`, '\u{10ffff}\ufffd'],
  ])('%s is read as bash reads it', (text, value) => {
    expect(words(text)).toEqual([`«${value}»`]);
  });
});

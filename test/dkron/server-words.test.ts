import { expect, it } from 'vitest';
import { jsonOf, serverWords } from '../../src/dkron/server-words.ts';
import { replyOf } from './reply.ts';

it.each([
  ['plain text', 'no such job', 'no such job'],
  ['text on several lines', ' no\n\tsuch  job\r\n', 'no such job'],
  ['the title of a page', '<html><TITLE lang="en">Bad\nGateway</TITLE><body>more', 'Bad Gateway'],
  ['a page without a title', ' <html>secrets of a page</html>', ''],
  ['a JSON text', ' "no \\"such\\" job"', 'no "such" job'],
  ['a message in JSON', '{"code":5,"message":"not now"}', 'not now'],
  ['an error in JSON', '{"error":"not now"}', 'not now'],
  ['a detail in JSON', '{"detail":"not now"}', 'not now'],
  ['a reason in JSON', '{"reason":"not now"}', 'not now'],
  ['the first of several', '{"error":"second","message":"first"}', 'first'],
  ['one further inside', '{"error":{"code":7,"reason":"deep"}}', 'deep'],
  [
    'one beside what says nothing',
    '{"message":null,"error":{"x":1},"detail":"at last"}',
    'at last',
  ],
  ['JSON that says nothing', '{"a":1}', '{"a":1}'],
  ['what only begins like JSON', '{oops', '{oops'],
  ['null', 'null', ''],
  ['nothing', '', ''],
  ['what the address keeps', 'user of secret', 'user of ***'],
])('gives %s as a reason', (_what, text, words) => {
  expect(serverWords(replyOf(), text)).toBe(words);
});

it('cuts what is longer than a sentence, and no letter in two', () => {
  expect(serverWords(replyOf(), 'x'.repeat(500))).toBe('x'.repeat(500));
  expect(serverWords(replyOf(), 'x'.repeat(501))).toBe(`${'x'.repeat(500)}…`);
  expect(serverWords(replyOf(), `${'x'.repeat(499)}🚲🚲`)).toBe(`${'x'.repeat(499)}\ufffd…`);
});

it('reads JSON of a moderate size only', () => {
  const quoted = (length: number) => `"${'x'.repeat(length - 2)}"`;
  expect(jsonOf(quoted(100_000))).toHaveLength(99_998);
  expect(jsonOf(quoted(100_001))).toBeUndefined();
  expect(jsonOf('{')).toBeUndefined();
});

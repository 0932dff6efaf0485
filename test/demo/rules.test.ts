/** Small rules of Go and Dkron that the demo follows. */
import { expect, test } from 'vitest';
import { replyOf } from '../../src/demo/cache-manager.ts';
import { createClock } from '../../src/demo/clock.ts';
import { matchesGoRegexp } from '../../src/demo/go-regexp.ts';
import { lacksHost, urlError } from '../../src/demo/go-url.ts';
import { messageSize } from '../../src/demo/message-size.ts';
import { demoNode, qualifies } from '../../src/demo/node.ts';
import { Random } from '../../src/demo/random.ts';
import { jobOf } from './jobs.ts';

test.each([
  ['refr.shed', 'refreshed', true],
  ['^$', '', true],
  ['(?i)OK', 'all ok', true],
  ['(?P<word>ok)', 'ok', true],
  ['\\Aok\\z', 'ok\n', false],
  ['[[:alpha:]]+\\}', 'ok}', true],
  ['\\p{Lu}', 'É', true],
  ['a-\\-}', 'a--}', true],
  ['(', '(', false],
  ['(?=ok)', 'ok', false],
  ['(o)\\1', 'oo', false],
  ['a(?i)B', 'ab', true],
  ['(?U)^a+$', 'aaa', true],
  ['a{2}\\C', 'aab', false],
])('Go regexp %j on %j: %s', (pattern, text, matches) => {
  expect(matchesGoRegexp(pattern, text)).toBe(matches);
});

test.each([
  ['http://127.0.0.1:8086/v1?q=%zz', undefined],
  ['localhost:8086/v1', undefined],
  [
    '127.0.0.1:8086/v1',
    'parse "127.0.0.1:8086/v1": first path segment in URL cannot contain colon',
  ],
  ['http://127.0.0.1:x/', 'parse "http://127.0.0.1:x/": invalid port ":x" after host'],
  ['http://[::1/', 'parse "http://[::1/": missing \']\' in host'],
  ['http://a/%zz', 'parse "http://a/%zz": invalid URL escape "%zz"'],
])('Go URL %j', (url, error) => {
  expect(urlError(url)).toBe(error);
});

test('a URL without a host', () => {
  expect(['http://', 'http:///x', 'http://h', 'http:'].map(lacksHost)).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test('a job is as long as the gRPC message that a real Dkron refused', () => {
  const job = jobOf('big', { owner: 'x'.repeat(5_000_000), concurrency: 'allow', executor: '' });
  expect(messageSize(job)).toBe(5_000_060);
});

test.each([
  [null, true],
  [{}, true],
  [{ dc: 'dc1' }, true],
  [{ dc: 'dc1:1' }, true],
  [{ dc: 'dc1:0' }, false],
  [{ dc: 'dc1:many' }, false],
  [{ dc: 'dc1:' }, false],
  [{ dc: 'dc1:1:1' }, true],
  [{ dc: 'dc2' }, false],
  [{ dc: 'dc1', rack: '7' }, false],
  [{ toString: 'x' }, false],
])('tags %j choose the node: %s', (tags, chosen) => {
  expect(qualifies(demoNode(), tags === null ? null : new Map(Object.entries(tags)))).toBe(chosen);
});

test.each([
  ['fine', [200]],
  ['flaky', [200, 502]],
  ['lengthy', [200]],
  ['failing', [504]],
] as const)('the cache manager answers a %s job with %j', (fate, statuses) => {
  const random = new Random(fate);
  const replies = Array.from({ length: 200 }, () => replyOf(fate, 'X', random));
  expect([...new Set(replies.map(({ status }) => status))].sort()).toEqual(statuses);
  expect(replies.filter(({ takes }) => takes > 5000)).toHaveLength(fate === 'lengthy' ? 200 : 0);
});

test('the clock never tells the same nanosecond twice', () => {
  const clock = createClock(() => 5n);
  expect([clock(), clock(), clock()]).toEqual([5n, 6n, 7n]);
});

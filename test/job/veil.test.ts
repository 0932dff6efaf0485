import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecret, veilAll, veilingOf, veilJobText, veilText } from '../../src/job/veil.ts';
import { width } from '../../src/terminal/cell.ts';
import { anyText } from './json.ts';

describe('a text', () => {
  it.each([
    ['Hello, W0rld 42!', 'xxxxx, x1xxx 11x'],
    ['/srv/x?a=b&c;d|e<f>.g', '/xxx/x?x=x&x;x|x<x>.x'],
    ['{"a":[true,null,-1.5e-7]}', '{"x":[true,null,-1.1e-1]}'],
    ['truest nullable', 'xxxxxx xxxxxxxx'],
    ['a-b 1e', 'xxx 1x'],
    ['\\n\\"\\u00e9\\x', '\\n\\"\\u0078\\x'],
    ['\n\té\u0301', '\n\tx\u0301'],
    ['日 ①', '\uff58 x'],
    ['🚲 𝐀', '\u{20000} \u{1d5d1}'],
  ])('%j becomes %j', (text, veiled) => {
    expect(veilText(text)).toBe(veiled);
  });

  it('stays as long and as wide as it was', () => {
    const long = (text: string) => [text.length, width(text), text.split('\n').length];
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme' })), (text) => {
        expect(long(veilText(text))).toEqual(long(text));
      }),
    );
  });

  it('of which nothing may stay keeps its spaces', () => {
    expect(veilAll('^a{2} [b]\n$')).toBe('xxxxx xxx\nx');
  });
});

describe('a value of a job', () => {
  it.each([
    ['http', 'timeout', '30', '30'],
    ['http', 'timeout', 'hunter2', 'xxxxxx1'],
    ['http', 'timeout', '', ''],
    ['http', 'method', 'POST', 'POST'],
    ['http', 'method', 'PASSWORD', 'xxxxxxxx'],
    ['http', 'expectCode', '200, 206', '200, 206'],
    ['http', 'expectBody', 'a.b', 'xxx'],
    ['http', 'url', 'https://me:pw@host:8080/p?q=1#f', 'https://xx:xx@host:8080/x?x=1xx'],
    ['http', 'url', 'HTTP://host', 'HTTP://host'],
    ['http', 'url', 'host/path', 'xxxx/xxxx'],
    ['http', 'headers', '["X-A: b c","no colon"]', '["X-A: x x","xx xxxxx"]'],
    ['http', 'headers', '["X-A: b\\"c:d"]', '["X-A: x\\"x:x"]'],
    ['http', 'headers', 'X-A: b', 'xxx: x'],
    ['http', 'body', '{"a":"b"}', '{"x":"x"}'],
    ['shell', 'command', 'echo 7', 'xxxx 1'],
    ['shell', 'unknown', 'https://me@host/p', 'https://xx@host/x'],
    ['nobody', 'unknown', 'https://me@host/p', 'https://xx@host/x'],
  ])('%s %s %s is veiled', (executor, name, text, veiled) => {
    expect(veilingOf(executor, ['executor_config', name])(text)).toBe(veiled);
  });

  it.each<[keys: string[], secret: boolean]>([
    [['schedule'], false],
    [['tags', 'role'], false],
    [['owner'], false],
    [['owner_email'], true],
    [['metadata', 'a'], true],
    [['processors', 'log', 'a'], true],
    [['executor_config'], true],
    [['executor_config', 'timeout'], false],
    [['executor_config', 'body'], true],
    [['executor_config', 'url'], true],
    [['of_a_newer_dkron'], true],
    [[], true],
  ])('%j is a secret: %s', (keys, secret) => {
    expect(isSecret('http', keys)).toBe(secret);
    if (keys.length > 0 && !secret) expect(veilingOf('http', keys)('42')).toBe('42');
    if (secret) expect(veilingOf('http', keys)('secret')).toBe('xxxxxx');
  });
});

describe("a job's text", () => {
  const veiled = (text: string) => {
    const told: string[] = [];
    return { text: veilJobText(text, (secret) => told.push(secret)), told };
  };

  it('keeps what is public, byte for byte', () => {
    const text =
      '{ "name":"a b", "tags":{"role":"web"},\n"executor":"http","executor_config":{"timeout":"30"},"retries":3}';
    expect(veiled(text)).toEqual({ text, told: [] });
  });

  it('loses the secrets, at any depth, and tells each', () => {
    const text =
      '{"name":"a","newer":[{"k":"one","n":-12.5},"two",true,null],"metadata":{"k":"three"},"executor":"http","executor_config":{"url":"http://h/four","timeout":"5"}}';
    expect(veiled(text)).toEqual({
      text: '{"name":"a","newer":[{"k":"xxx","n":-11.1},"xxx",true,null],"metadata":{"k":"xxxxx"},"executor":"http","executor_config":{"url":"http://h/xxxx","timeout":"5"}}',
      told: ['one', 'two', 'three', 'http://h/four'],
    });
  });

  it('without an executor, or with one that is no text, is told by its fields alone', () => {
    for (const executor of ['', '"executor":7,'])
      expect(veiled(`{${executor}"executor_config":{"timeout":"30"}}`).text).toBe(
        `{${executor}"executor_config":{"timeout":"11"}}`,
      );
  });

  it('keeps the escapes that Go writes', () => {
    expect(veiled('{"metadata":{"k":"a\\u0026b\\u003cc"}}').text).toBe(
      '{"metadata":{"k":"x\\u0026x\\u003cx"}}',
    );
    expect(veiled('{"metadata":{"k":"a&b"}}').text).toBe('{"metadata":{"k":"x&x"}}');
  });

  it.each(['not JSON', '["a secret"]', '"text"', '{"metadata":'])('%s is all secret', (text) => {
    expect(veiled(text)).toEqual({ text: veilText(text), told: [text] });
  });
});

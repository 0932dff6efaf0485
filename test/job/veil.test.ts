import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecret, veilAll, veilingOf, veilJobText, veilText } from '../../src/job/veil.ts';
import { parseJson } from '../../src/json/numbers.ts';
import { width } from '../../src/terminal/cell.ts';
import { hostileText } from '../console/hostile.ts';
import { aJob } from '../support/jobs.ts';

describe('a veiled text', () => {
  it.each([
    ['Bearer abc.DEF-12', 'xxxxxx xxx.xxx-11'],
    ['{"key": [true, null, -1.5e3]}', '{"xxx": [true, null, -1.1e1]}'],
    ['"a\\n\\"b\\u00e9"', '"x\\n\\"x\\u0078"'],
    ['curl https://h/p?k=v | sh', 'xxxx xxxxx://x/x?x=x | xx'],
    ['日本 é', '\uff58\uff58 x'],
    ['/srv/x?a=b&c;d|e<f>.g', '/xxx/x?x=x&x;x|x<x>.x'],
    ['truest nullable 1e', 'xxxxxx xxxxxxxx 1x'],
    ['\\x\t\u0065\u0301', '\\x\tx\u0301'],
    ['🚲 𝐀', '\u{20000} \u{1d5d1}'],
  ])('%s', (text, veiled) => {
    expect(veilText(text)).toBe(veiled);
  });

  it('is as long, in as many lines, and as JSON as before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 2 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const veiled = veilText(text);
        expect(veiled).toHaveLength(text.length);
        expect(() => parseJson(veiled)).not.toThrow();
      }),
    );
    fc.assert(
      fc.property(hostileText, (text) => {
        const veiled = veilText(text);
        expect(veiled).toHaveLength(text.length);
        expect(veiled.split('\n').map(({ length }) => length)).toEqual(
          text.split('\n').map(({ length }) => length),
        );
      }),
    );
  });

  it('is as wide, letter by letter', () => {
    for (const letter of ['a', 'é', '語', '\u{1d49c}', '\u{1f680}', ' ', '\t'])
      expect(width(veilText(letter))).toBe(width(letter));
  });

  it('of which nothing may stay keeps its spaces', () => {
    expect(veilAll('^a{2} [b]\n$')).toBe('xxxxx xxx\nx');
  });

  it('has no letter and no digit of its own', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-wyzA-Z02-9$%^@!#*+~`'()]+$/), (text) => {
        fc.pre(!/true|false|null|\de\d|\dE\d/.test(text));
        expect(veilText(text)).toMatch(/^[x1]+$/);
      }),
    );
  });
});

describe('a value of a job', () => {
  it.each([
    ['http', 'executor_config.url', 'https://u:p@h:1/a?b=c', 'https://x:x@h:1/x?x=x'],
    ['http', 'executor_config.url', 'no address', 'xx xxxxxxx'],
    ['http', 'executor_config.headers', '["A-B: c d:e"]', '["A-B: x x:x"]'],
    ['http', 'executor_config.headers', 'no list', 'xx xxxx'],
    ['http', 'executor_config.timeout', '30', '30'],
    ['http', 'executor_config.timeout', 'hunter two', 'xxxxxx xxx'],
    ['http', 'executor_config.expectBody', 'a|b', 'xxx'],
    ['shell', 'executor_config.timeout', '1h30m', '1h30m'],
    ['unheard-of', 'executor_config.timeout', '30', '11'],
    ['shell', 'metadata.token', 'abc', 'xxx'],
    ['shell', 'owner_email', 'a@b.c', 'xxx.x'],
    ['shell', 'owner', 'platform', 'platform'],
    ['shell', 'schedule', '@hourly', '@hourly'],
    ['shell', 'field_of_tomorrow', 'abc', 'xxx'],
    ['http', 'executor_config.url', 'HTTP://host:80', 'HTTP://host:80'],
    [
      'http',
      'executor_config.headers',
      '["X-A: b\\"c:d","no colon"]',
      '["X-A: x\\"x:x","xx xxxxx"]',
    ],
    ['http', 'executor_config.method', 'POST', 'POST'],
    ['http', 'executor_config.method', 'PASSWORD', 'xxxxxxxx'],
    ['http', 'executor_config', 'abc', 'xxx'],
    ['shell', 'executor_config.unheard-of', 'https://me@host/p', 'https://xx@host/x'],
    ['unheard-of', 'executor_config.url', 'https://me@host/p', 'https://xx@host/x'],
  ])('%s %s %s', (executor, path, text, veiled) => {
    const keys = path.split('.');
    expect(veilingOf(executor, keys)(text)).toBe(veiled);
  });

  it.each<[path: string, secret: boolean]>([
    ['retries', false],
    ['owner', false],
    ['tags.role', false],
    ['executor_config.timeout', false],
    ['executor_config.body', true],
    ['executor_config.url', true],
    ['executor_config', true],
    ['metadata', true],
    ['metadata.kind', true],
    ['processors.log.forward', true],
    ['field_of_tomorrow', true],
  ])('%s stays out of every log: %s', (path, secret) => {
    expect(isSecret('http', path.split('.'))).toBe(secret);
  });
});

describe('the text of a job', () => {
  const told: string[] = [];
  const veil = (text: string): string => veilJobText(text, (secret) => told.push(secret));

  it('keeps its layout, its order and what is no secret', () => {
    const text =
      '{ "name":"etl",\n  "executor":"shell", "executor_config":{"command":"a \\u003c b"} }';
    expect(veil(text)).toBe(
      '{ "name":"etl",\n  "executor":"shell", "executor_config":{"command":"x \\u003c x"} }',
    );
    expect(told).toEqual(['a < b']);
  });

  it('is a job after as before, whatever its values are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), hostileText, (map, text) => {
        const job = aJob({ metadata: map, executor_config: { command: text, other: text } });
        const veiled = JSON.parse(veil(JSON.stringify(job))) as typeof job;
        expect(Object.keys(veiled)).toEqual(Object.keys(job));
        expect(Object.keys(veiled.metadata ?? {})).toEqual(Object.keys(map));
        expect(veiled.name).toBe(job.name);
      }),
    );
  });

  it('loses its secrets, at any depth, and tells each', () => {
    told.length = 0;
    const text =
      '{"name":"a","newer":[{"k":"one","n":-12.5},"two",true,null],"metadata":{"k":"three"},"executor":"http","executor_config":{"url":"http://h/four","timeout":"5"}}';
    expect(veil(text)).toBe(
      '{"name":"a","newer":[{"k":"xxx","n":-11.1},"xxx",true,null],"metadata":{"k":"xxxxx"},"executor":"http","executor_config":{"url":"http://h/xxxx","timeout":"5"}}',
    );
    expect(told).toEqual(['one', 'two', 'three', 'http://h/four']);
  });

  it.each(['', '"executor":7,'])('without an executor is told by its fields: %s', (executor) => {
    expect(veil(`{${executor}"executor_config":{"timeout":"30","a":"x\\u0026y","b":"x&y"}}`)).toBe(
      `{${executor}"executor_config":{"timeout":"11","a":"x\\u0026x","b":"x&x"}}`,
    );
  });

  it('that is none is all secret', () => {
    expect(veil('name: etl')).toBe('xxxx: xxx');
    expect(veil('["etl"]')).toBe('["xxx"]');
  });
});

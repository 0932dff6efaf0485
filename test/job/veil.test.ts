import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSecret, veilingOf, veilJobText, veilText } from '../../src/job/veil.ts';
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
  ])('%s %s %s', (executor, path, text, veiled) => {
    const keys = path.split('.');
    expect(veilingOf(executor, keys)(text)).toBe(veiled);
  });

  it('that the console acts by is typed as it is, any other not', () => {
    expect(isSecret('http', ['executor_config', 'timeout'])).toBe(false);
    expect(isSecret('http', ['retries'])).toBe(false);
    expect(isSecret('http', ['executor_config', 'body'])).toBe(true);
    expect(isSecret('http', ['metadata'])).toBe(true);
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

  it('that is none is all secret', () => {
    expect(veil('name: etl')).toBe('xxxx: xxx');
    expect(veil('["etl"]')).toBe('["xxx"]');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unescapeOffer } from '../../../src/job/values/unescape.ts';
import { anyJson, anyText } from '../json.ts';

const json = '{"a":"it\'s 1"}';
const inShell = `'${json.replaceAll("'", "'\\''")}'`;

describe('unescapeOffer', () => {
  it.each([
    ['JSON string', JSON.stringify(json)],
    ['JSON string', `  "body": ${JSON.stringify(json)},\n`],
    ['JSON string', JSON.stringify(json).slice(1, -1)],
    ['shell quotes', inShell],
    ['shell quotes', `$'{"a":"it\\'s 1"}'`],
    ['shell quotes', `"{\\"a\\":\\"it's 1\\"}"`.replace('{', '""{')],
    ['curl command', `curl -X POST https://cache/refresh -H 'Accept: */*' -d ${inShell}`],
    [
      'curl command',
      `curl 'https://cache' \\\n  -H "a: b" \\\n  --data-raw ${inShell} \\\n  --compressed`,
    ],
    ['curl command', `curl --json=${inShell} http://cache`],
    ['curl command', `curl -sSd${inShell} http://cache`],
    ['curl command', `-d ${inShell}`],
    ['curl command', `--data-binary ${inShell}`],
  ])('finds the body in a %s: %s', (what, pasted) => {
    expect(unescapeOffer(pasted)).toEqual({ what, text: json });
  });

  it.each([
    [`$'{"a":"\\u00e9\\xc3\\xa9\\303\\251\\U0001F6B2"}'`, '{"a":"éé\u00e9🚲"}'],
    ['curl x -d a=1 -d b=2', 'a=1&b=2'],
    ['curl x --data-raw @home', '@home'],
    [`curl --json '{"a":' --json '1}' x`, '{"a":1}'],
    ['curl -d@file -d a=1 x', 'a=1'],
  ])('reads %s', (pasted, text) => {
    expect(unescapeOffer(pasted)?.text).toBe(text);
  });

  it.each([
    ['a body as it should be', json],
    ['a list of numbers', '[1, 2]'],
    ['a plain string', '"text"'],
    ['a quoted word', "'text'"],
    ['text with a dash', '-downtime of "a"'],
    ['curl without data', "curl 'http://cache'"],
    ['data in a file', 'curl -d @body.json http://cache'],
    ['data that is missing', 'curl -d'],
    ['an option with two words', `-d a 'b'`],
    ['an option without quotes', '-d a'],
    ['two words, the last in quotes', `-x '{"a":1}'`],
    ['two words in quotes', `'{"a":1}' 'b'`],
    ['an open quote', `curl -d '{"a":1}`],
    ['nothing', ''],
  ])('offers nothing for %s', (_, pasted) => {
    expect(unescapeOffer(pasted)).toBeNull();
  });

  it('finds any JSON with an object or a list, stringified or quoted', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const body = `{"in": ${value.trim()}}`;
        expect(unescapeOffer(JSON.stringify(body))?.text).toBe(body);
        expect(unescapeOffer(`'${body.replaceAll("'", "'\\''")}'`)?.text).toBe(body);
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', "'", "$'", '"', 'curl -d '), (text, before) => {
        expect(unescapeOffer(before + text)?.text).not.toBe(before + text);
      }),
    );
  });
});

/** Odd jobs, what a Dkron of a version shows after it took them, and what is said of it before. */

/** What it is, the job's fields as JSON, those kept, the findings, and the version if not 4.1.2. */
type Case = [
  what: string,
  fields: string,
  keeps: Record<string, unknown>,
  says: string[],
  version?: string,
];

const unicode = 'is not valid Unicode: Dkron puts \ufffd in place of half a character';
const unicodeName = 'has no valid Unicode name: Dkron puts \ufffd in place of half a character';
const dropped = 'is not a field of a job: Dkron drops it';

export const whatDkronsKeep: Case[] = [
  [
    'a field of Dkron 0.11',
    '"shell":true,"command":"x"',
    {},
    [
      `shell ${dropped}; since 0.12 it is executor_config.shell of the shell executor, "true" in quotes`,
      `command ${dropped}; since 0.12 it is executor_config.command of the shell executor`,
    ],
  ],
  [
    'a name of JavaScript as a field',
    '"__proto__":{"retries":3},"constructor":1',
    {},
    [`__proto__ ${dropped}`, `constructor ${dropped}`],
  ],
  [
    'a field in capitals',
    '"RETRIES":3',
    { retries: 3 },
    ['RETRIES is read as retries: Dkron takes a field in any case'],
  ],
  [
    'a field with the long s',
    '"di\u017fabled":true',
    { disabled: true },
    ['di\u017fabled is read as disabled: Dkron takes a field in any case'],
  ],
  [
    'a field twice',
    '"retries":1,"Retries":2',
    { retries: 2 },
    ['Retries is read as retries: Dkron takes a field in any case'],
  ],
  [
    'a map twice',
    '"tags":{"a":"1","b":"1"},"Tags":{"b":"2"}',
    { tags: { a: '1', b: '2' } },
    ['Tags is read as tags: Dkron takes a field in any case'],
  ],
  [
    'a field that a null follows',
    '"retries":1,"Retries":null',
    { retries: 1 },
    ['Retries is read as retries: Dkron takes a field in any case'],
  ],
  [
    'half a character in a text',
    '"displayname":"a\\ud800b"',
    { displayname: 'a\ufffdb' },
    [`displayname ${unicode}`],
  ],
  [
    'half a character in a setting',
    '"executor_config":{"body":"\\udfff"}',
    { executor_config: { body: '\ufffd' } },
    [`executor_config.body ${unicode}`],
  ],
  [
    'half a character in a name',
    '"metadata":{"a\\ud800":"x"}',
    { metadata: { 'a\ufffd': 'x' } },
    [`metadata.a\ufffd ${unicodeName}`],
  ],
  [
    'two names that become one',
    '"tags":{"\\ud800":"x","\\udc00":"y"}',
    { tags: { '\ufffd': 'y' } },
    [`tags.\ufffd ${unicodeName}`, `tags.\ufffd ${unicodeName}`],
  ],
  [
    'half characters in a processor',
    '"processors":{"\\ud800":{"k":"\\ud800"}}',
    { processors: { '\ufffd': { k: '\ufffd' } } },
    [`processors.\ufffd ${unicodeName}`, `processors.\ufffd.k ${unicode}`],
  ],
  ['a whole character of two halves', '"owner":"\\ud83d\\udeb2"', { owner: '🚲' }, []],
  [
    'control characters and no characters',
    '"owner":"\\u0000\\u009f\\uffff"',
    { owner: '\u0000\u009f\uffff' },
    [],
  ],
  [
    'names that mean something to JavaScript',
    '"metadata":{"__proto__":"x","constructor":"y"}',
    { metadata: JSON.parse('{"__proto__":"x","constructor":"y"}') },
    [],
  ],
  ['the most retries', '"retries":4294967295', { retries: 4294967295 }, []],
  [
    'one more',
    '"retries":4294967296',
    { retries: 0 },
    ['retries is more than Dkron can store (4294967295): 4294967296 becomes 0'],
  ],
  [
    'many retries',
    '"retries":99999999999',
    { retries: 1215752191 },
    ['retries is more than Dkron can store (4294967295): 99999999999 becomes 1215752191'],
  ],
  [
    'the most that is taken',
    '"retries":18446744073709551615',
    { retries: 4294967295 },
    ['retries is more than Dkron can store (4294967295): 18446744073709551615 becomes 4294967295'],
  ],
  [
    'a start, by a Dkron that knows none',
    '"starts_at":"2030-01-01T00:00:00Z"',
    {},
    [
      'starts_at Dkron 3.2.7 ignores it, and the job runs before that time too; it came with 4.0.9-rc1',
    ],
    '3.2.7',
  ],
  [
    'no start, by a Dkron that knows none',
    '"starts_at":null,"Owner":"x"',
    { owner: 'x' },
    ['Owner is read as owner: Dkron takes a field in any case'],
    '3.2.7',
  ],
  [
    'an end, by a Dkron that knows none',
    '"ephemeral":true,"expires_at":"2030-01-01T00:00:00Z"',
    {},
    [
      'ephemeral Dkron 3.1.6 ignores it, and the job stays after it has succeeded; it came with 3.1.7',
      'expires_at Dkron 3.1.6 ignores it, and the job goes on after that time; it came with 3.1.7',
    ],
    '3.1.6',
  ],
  [
    'a time to the nanosecond',
    '"starts_at":"2030-01-01T02:00:00.123456789+02:00"',
    { starts_at: '2030-01-01T02:00:00.123456789+02:00' },
    [],
    '4.0.9',
  ],
];

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { definition } from '../../../src/job/compare.ts';
import { jobToYaml } from '../../../src/job/file/yaml.ts';
import { wholeJob } from '../../../src/job/zero.ts';
import { stringifyJson } from '../../../src/json/numbers.ts';
import { fileJobs } from '../../../src/snapshot/file/file-jobs.ts';
import { isJob } from '../../../src/snapshot/file/found.ts';
import { anyText } from '../../job/json.ts';
import { aJob } from '../../support/jobs.ts';
import { foundIn } from '../texts.ts';

/** The names in a file; of what cannot be read its name, line, column and reason. */
const read = (content: string | Uint8Array, name?: string, size?: number) =>
  foundIn(content, name, size).map((found) => {
    if (isJob(found)) return found.job.name;
    const { line, column } = found.places[0]!;
    return [found.name, line, column, found.why];
  });

const recorded = join(import.meta.dirname, '../../data');
const quoted = 'must be text in quotes: Dkron takes no numbers, flags or lists here';

describe('a file of jobs', () => {
  test.each([
    ['an array', '[{"name":"a"},{"name":"b"}]'],
    ['one job a line', '{"name":"a"}\n{"name":"b"}\n'],
    ['one job a line, with empty lines, from Windows', '{"name":"a"}\r\n\r\n{"name":"b"}\r\n'],
    ['one after the other', '{"name":"a"}{"name":"b"}'],
    ['pretty-printed jobs', '{\n  "name": "a"\n}\n{\n  "name": "b"\n}\n'],
    ['a pretty-printed array', '[\n  {\n    "name": "a"\n  },\n  {\n    "name": "b"\n  }\n]'],
    ['a byte order mark', '\ufeff[{"name":"a"},{"name":"b"}]'],
    ['a list in an object', '{ "jobs": [{"name":"a"},{"name":"b"}], "total": 2 }'],
    [
      'a list behind other fields',
      '{\n "total": 2, "page": "1",\n "jobs": [{"name":"a"},{"name":"b"}]}',
    ],
    ['a list in an object, behind a job', '{"name":"a"}\n{"jobs":[{"name":"b"}]}'],
    ['several lists', '[{"name":"a"}]\n[{"name":"b"}]\n[]'],
    ['JSON documents of YAML', '---\n{"name":"a"}\n---\n{"name":"b"}\n...\n'],
    ['files behind each other, each with its mark', '\ufeff{"name":"a"}\n\ufeff{"name":"b"}'],
    ['what curl -i keeps', 'HTTP/1.1 200 OK\r\nX-Whom: n1\r\n\r\n[{"name":"a"},{"name":"b"}]'],
    ['several heads', 'HTTP/1.1 302 Found\n\nHTTP/2 200\nA: b\n\n{"name":"a"}\n{"name":"b"}'],
    ['YAML documents', 'name: a\n---\nname: b\n---\n'],
    ['a YAML list', '# ours\n- name: a\n- {name: b}\n'],
  ])('may have %s', (_what, content) => {
    for (const size of [1, 7, 1 << 20]) expect(read(content, 'jobs', size)).toEqual(['a', 'b']);
  });

  test.each([
    ['much white space', `${' \n'.repeat(40_000)}{"name":"a"}{"name":"b"}`],
    ['a long head', `HTTP/1.1 200 OK\nA: ${'x'.repeat(70_000)}\n\n{"name":"a"}{"name":"b"}`],
  ])('may have %s in front', (_what, content) => {
    expect(read(content, 'jobs', 1 << 14)).toEqual(['a', 'b']);
  });

  test('may be YAML by its name only', () => {
    expect(read('{name: a, tags: {x: 1}}', 'a.yml')).toEqual(['a']);
    expect(read('{"name":"a"}', 'a.yaml')).toEqual(['a']);
  });

  test('holds what the old script made of eight jobs of a server', async () => {
    const [script, curl] = await Promise.all(
      ['script-4.1.2.txt', 'curl-4.1.2.json'].map((name) =>
        readFile(join(recorded, 'snapshot', name)),
      ),
    );
    expect(read(script!)).toHaveLength(8);
    const jobs = (bytes: Uint8Array) => foundIn(bytes).map((found) => isJob(found) && found.job);
    expect(jobs(script!)).toEqual(jobs(curl!));
  });

  test('keeps the exact text of each job, and numbers that JavaScript would round', () => {
    const text = '{"name":"a","newer":9223372036854775809,"huge":1e400}';
    expect(foundIn(text)).toMatchObject([{ text }]);
    const [yaml] = foundIn('name: a\nlimit: 9223372036854775808', 'a.yaml');
    expect(yaml && isJob(yaml) && stringifyJson(yaml.job)).toContain('"limit":9223372036854775808');
  });

  test('keeps a job that has a list of jobs as a field', () => {
    expect(read('{"name":"a","jobs":[{"name":"b"}]}')).toEqual(['a']);
  });

  test('reads what the editor was given', () => {
    const job = aJob({ tags: { a: '1' }, processors: {}, executor_config: { command: 'a\nb' } });
    expect(foundIn(jobToYaml(job), 'job.yaml')).toMatchObject([
      { job: wholeJob({ ...definition(job), metadata: {} }) },
    ]);
  });

  test('takes a field by its value in YAML where Dkron takes text only', () => {
    const [found] = foundIn('name: a\nexecutor_config: {timeout: 30, debug: true}', 'a.yaml');
    expect(found).toMatchObject({ job: { executor_config: { timeout: '30', debug: 'true' } } });
  });
});

describe('a job that cannot be read', () => {
  test.each([
    [
      'a value that Dkron does not take',
      '{"name":"a"}\n{"name":"b","tags":{"x":1}}\n{"name":"c"}',
      ['a', ['b', 2, 25, `tags.x ${quoted}`], 'c'],
    ],
    [
      'several of them',
      '[{"name":"a","retries":"3",\n"disabled":1}, {"name":"b"}]',
      [
        [
          'a',
          1,
          24,
          'retries must be a whole number, 0 or more; line 2, column 12: disabled must be true or false',
        ],
        'b',
      ],
    ],
    [
      'no name',
      '[{"schedule":"@daily"},{"name":"b"}]',
      [[null, 1, 2, 'this job has no name'], 'b'],
    ],
    ['a number as a name', '[{"name":5},{"name":"b"}]', [[null, 1, 10, 'name must be text'], 'b']],
    ['a field in other letters', '{"Name":"a"}', [[null, 1, 9, 'Name must be written name']]],
    [
      'a wrong field in other letters',
      '{"name":"a","Tags":{"x":1}}',
      [['a', 1, 25, `Tags.x ${quoted}`]],
    ],
    [
      'nothing of a job',
      '{"name":"a"}\n{"status":"ok"}',
      ['a', [null, 2, 1, 'this is not a job: it has none of the fields of a job']],
    ],
    [
      'no object',
      '[{"name":"a"}, 7, "x"]',
      ['a', [null, 1, 16, 'this is not a job: a job is written in braces, { }']],
    ],
    [
      'a brace too many',
      '{"name":"a"}}\n{"name":"b"}',
      ['a', [null, 1, 13, 'this } closes nothing'], 'b'],
    ],
    [
      'a word of no meaning',
      '[{"name":"é😀","x":tru},{"name":"b"}]',
      [
        [
          'é😀',
          1,
          20,
          'this is broken JSON: this is not a JSON value: write true, false, null, a number, or text in double quotes',
        ],
        'b',
      ],
    ],
    [
      'a string without an end',
      '{"name":"a","x":"q}\n{"name":"b"}\n{"name":"c","x":"q}\n{"name":"d"}',
      [
        ['a', 1, 17, 'this is broken JSON: this string is never closed'],
        'b',
        ['c', 3, 17, 'this is broken JSON: this string is never closed'],
        'd',
      ],
    ],
    [
      'a string without an end, all on one line',
      '[{"name":"a"},{"name":"b","x":"q},{"name":"c"},{"name":"d"}]',
      ['a', ['b', 1, 31, 'this is broken JSON: this string is never closed'], 'c', 'd'],
    ],
    [
      'no closing brace',
      '{"name":"a","tags":{"x":"1"}\n{"name":"b"}\n{"name":"c"}',
      [['a', 1, 1, 'this is broken JSON: this { is never closed'], 'b', 'c'],
    ],
    [
      'no end of the file',
      '{"name":"a"}\n{"name":"b","ta',
      ['a', ['b', 2, 1, 'the file is cut off: what begins here does not end']],
    ],
    [
      'no end of the list',
      '[{"name":"a"}',
      ['a', [null, 1, 14, 'the file is cut off: its list does not end, so jobs may be missing']],
    ],
    [
      'a line break that the script left in a string',
      '{"name":"a","x":"{}\n{}","tags":{"y":1}}',
      [['a', 2, 17, `tags.y ${quoted}`]],
    ],
  ])('for %s hides no other', (_what, content, expected) => {
    for (const size of [1, 7, 1 << 20]) expect(read(content, 'jobs', size)).toEqual(expected);
  });

  test.each([
    ['a name in a map before', '{"tags":{"name":"x"},"name":"a","y":}', 'a', 37],
    ['a name in a list before', '{"x":[{"name":"b"}],"name":"a","y":}', 'a', 36],
    ['a text "name" before', '{"x":"name","name":"a","y":}', 'a', 28],
    ['a number as its name', '{"name":5,"x":}', null, 15],
    ['an empty name', '{"name":"","x":}', null, 16],
    ['no colon behind it', '{"name" "a"}', null, 9],
    ['no name', '{"x":}', null, 6],
    ['a whole job as a value', '{"name":"a","x": {"name":"b"},,}', 'a', 31],
    ['a break of the script right where it is wrong', '{"name":"a","x":{}\n{}}', 'a', 1],
    ['a string that the script broke', '{"name":"a","x":"{}\n{}","y":}', 'a', 9],
    ['it on Windows', '{"name":"a","x":"{}\r\n{}","y":}', 'a', 9],
  ])('keeps its name when it is broken: %s', (_what, content, name, column) => {
    expect(read(content)).toEqual([
      [
        name,
        content.includes('\n') ? 2 : 1,
        column,
        expect.stringMatching(/^this is broken JSON: /),
      ],
    ]);
  });

  test.each([
    ['of values', '"tags":{"x":1},"y":"', /^tags\.x must be text/],
    ['that are broken', '"y":,"z":"', /^this is broken JSON$/],
  ])('of a megabyte %s is told by where it begins', (_what, start, why) => {
    const job = (length: number) => {
      const begun = `{"name":"a",${start}`;
      return `${begun}${'x'.repeat(length - begun.length - 2)}"}`;
    };
    expect(read(` ${job((1 << 20) + 1)}`)).toEqual([['a', 1, 2, expect.stringMatching(why)]]);
    const [[, , column] = []] = read(` ${job(1 << 20)}`) as [string, number, number][];
    expect(column).toBeGreaterThan(2);
  });

  test.each<[content: string, foreign: boolean[]]>([
    [
      '[7, {"a":1,}, {"a":1}, {"schedule":1,}, {"name":"a","retries":-1}]',
      [true, true, true, false, false],
    ],
    ['{"name":"a"}}\n{"x":"', [true, true]],
    ['[{"name":"a"},{"executor":"', [false]],
    ['[{"name":"a"}', [true]],
    ['{"name"', [true]],
    ['- 7\n- x: y\n- name: a\n  retries: x\n', [true, true, false]],
    ['- a: *\n- "name" : *\n- schedule: *\n', [true, false, false]],
  ])('is foreign where nothing says that a job was meant: %s', (content, foreign) => {
    const unreadable = foundIn(content).flatMap((found) => (isJob(found) ? [] : [found]));
    expect(unreadable.map((one) => one.foreign)).toEqual(foreign);
  });

  test.each([
    ['documents with nothing in them', 'name: a\n---\n--- # b\n---\n', ['a']],
    ['a list in an object', 'jobs:\n- name: a\n- name: b\n', ['a', 'b']],
    [
      'jobs that are no list',
      'jobs: 7',
      [[null, 1, 1, 'this is not a job: it has none of the fields of a job']],
    ],
    ['a list as an entry', '- []\n', [[null, 1, 3, 'this is a text or a number, not a job']]],
    ['an empty name', '- name: ""\n', [[null, 1, 3, 'this job has no name']]],
    [
      'a wrong field in a list in an object',
      'jobs:\n- name: a\n  retries: x',
      [['a', 3, 12, 'retries must be a whole number, 0 or more']],
    ],
    ['no end of a list', '- name: a\n  x: [\n', [['a', 3, 1, expect.stringContaining('indented')]]],
    ['an empty list', ' [ ]\n', []],
  ])('in YAML: %s', (_what, content, expected) => {
    expect(read(content, 'jobs.yaml')).toEqual(expected);
  });

  test.each([
    ['a byte order mark', '\ufeff 7', 1],
    ['a byte order mark and a list', '\ufeff[7]', 2],
    ['a byte order mark on a line of its own', '\ufeff\n [7]', 3],
    ['an odd first line', '7\n{"name":"a"', 1],
  ])('has its place in the file behind %s', (_what, content, column) => {
    const [place] = read(content) as [unknown[]];
    expect(place[2]).toBe(column);
  });

  test.each([
    [
      'documents',
      'name: a\n---\nname: b\nretries: many\n---\nname: c\nschedule: @daily\n---\nname: d\n',
      [
        'a',
        ['b', 4, 10, 'retries must be a whole number, 0 or more'],
        ['c', 7, 11, 'a value cannot begin with this character: put it in double quotes'],
        'd',
      ],
    ],
    [
      'entries of a list',
      '- name: a\n- name: b\n  schedule: * * *\n- 7\n- name: c\n',
      [
        'a',
        ['b', 3, 13, 'a value that begins with * is a reference in YAML: put it in double quotes'],
        [null, 4, 3, 'this is a text or a number, not a job'],
        'c',
      ],
    ],
    [
      'a name that is there twice',
      'name: a\nname: b',
      [['a', 2, 1, 'this name is twice in the same place']],
    ],
    [
      'a tab',
      'name: a\ntags:\n\tx: y',
      [['a', 3, 1, 'the line is indented with a tab: YAML takes spaces only']],
    ],
  ])('in YAML hides no other: %s', (_what, content, expected) => {
    expect(read(content, 'jobs.yaml')).toEqual(expected);
  });

  test('is told by its encoding', async () => {
    const latin1 = await readFile(join(recorded, 'jobs/dkron-21.latin1.json'));
    expect(read(latin1)).toEqual([
      [
        'enc-a',
        1,
        38,
        'this is not UTF-8 text; it looks like ISO-8859-1 (iconv -f ISO-8859-1 -t UTF-8 converts the file)',
      ],
      'enc-b',
    ]);
  });

  test('is told by its first wrong byte, wherever that is', () => {
    const around = fc.string({ unit: fc.constantFrom('a', 'é', '日', '🚲'), maxLength: 20 });
    const wrong = fc.constantFrom([0xe9], [0xff], [0xf0, 0x9f], [0xe6, 0x97], [0xef, 0xbf], [0x80]);
    fc.assert(
      fc.property(around, wrong, around, (before, bytes, after) => {
        const head = `{"name":"a","x":"${before}`;
        const content = Buffer.concat([
          Buffer.from(head),
          Buffer.from(bytes),
          Buffer.from(`|${after}"}`),
        ]);
        expect(read(content)).toEqual([
          [
            'a',
            1,
            head.length + 1,
            expect.stringMatching(/^this is not UTF-8 text; it looks like /),
          ],
        ]);
      }),
    );
    const deep = `${'{"a":'.repeat(10_000)}1.0${'}'.repeat(10_000)}`;
    expect(read(Buffer.from(`{"name":"a","x":${deep},"y":"é"}`, 'latin1'))).toMatchObject([
      { 0: null, 1: 1, 2: 60_026 },
    ]);
  });

  test('is told when it is nested without end, or larger than any job', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const deeper = `${'{"a":'.repeat(10_000)}1.0${'}'.repeat(10_000)}`;
    const large = JSON.stringify({ name: 'c', tags: { a: 'x'.repeat(9 << 20) } });
    expect(
      read(`{"name":"a","x":${deep}}\n{"name":"b","x":${deeper}}\n${large}\n{"name":"d"}`),
    ).toEqual([
      ['a', 1, 1, 'this is nested more than 1000 levels deep'],
      ['b', 2, 1, 'this is nested too deep to be read'],
      ['c', 3, 1, 'this is larger than 8 MB; Dkron takes 4 MB at most for one job'],
      'd',
    ]);
    expect(read(`name: a\nx: ${deep}`, 'a.yaml')).toMatchObject([
      ['a', 2, expect.any(Number), 'this is nested too deep to be read'],
    ]);
  });

  test('quotes nothing of the text: it may hold secrets', () => {
    const secret = '{"name":"a","executor_config":{"password":"hunter2"x}}';
    expect(JSON.stringify(read(secret))).not.toContain('hunter2');
    expect(JSON.stringify(read('name: a\npassword: "hunter2" x', 'a.yaml'))).not.toContain(
      'hunter2',
    );
  });
});

describe('what is no file of jobs', () => {
  test.each([
    ['nothing', '', 'is empty'],
    ['what the script leaves without a server', '\n', 'is empty'],
    ['nothing but comments', '# jobs\n---\n', 'is empty'],
    ['a web page', ' <!doctype html><html></html>', 'is a web page'],
    ["curl's own error", 'curl: (7) Failed to connect', 'is an error of curl'],
    [
      'a refusal of the smallest status',
      'HTTP/1.1 400 Bad Request\n\n{"name":"a"}',
      'of the status 400',
    ],
    ['a web page behind a head', 'HTTP/1.1 200 OK\n\n<html>', 'is a web page'],
    ['white space behind a head', 'HTTP/1.1 200 OK\n\n \n', 'is empty'],
    ['a refusal', 'HTTP/1.1 401 Unauthorized\r\nA: b\r\n\r\n[]', 'is an answer of the status 401'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'is compressed'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'begins with the byte 0x7f'],
    ['UTF-16 with its mark', Buffer.from('\ufeff[]', 'utf16le'), 'is UTF-16 text'],
    ['UTF-16 without', Buffer.from('[{}]', 'utf16le'), 'is UTF-16LE text'],
    ['Latin-1 YAML', Buffer.from('name: é', 'latin1'), 'looks like ISO-8859-1'],
  ])('says what it is: %s', (_what, content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  test('is told apart as soon as 64 kB are there', () => {
    const begun = (bytes: number) => [
      ...fileJobs('f').push(Buffer.from('{"name":"a"}'.padEnd(bytes))),
    ];
    expect(begun((1 << 16) - 1)).toEqual([]);
    expect(begun(1 << 16)).toMatchObject([{ job: { name: 'a' } }]);
  });

  test('has an end, whatever comes', () => {
    const spaces = Buffer.alloc(1 << 20, ' ');
    expect(() => [...fileJobs('f').push(spaces)]).toThrow('is empty');
    expect([...fileJobs('f').push(spaces.subarray(1))]).toEqual([]);
    const endless = Buffer.concat([
      Buffer.from('{"name":"a","x":"'),
      Buffer.alloc(140 << 20, 0x78),
    ]);
    expect(() => read(endless)).toThrow('goes on for 128 MB without a job');
    expect(() => read(Buffer.alloc(3 << 20, 0x78))).toThrow(
      'larger than 2 MB, which is too much for YAML',
    );
  });
});

test('any text is read, or refused in words of ours', () => {
  const mangled = fc
    .tuple(
      fc.constantFrom(
        '[{"name":"a"},{"name":"b","tags":{"x":"{}"}}]',
        'name: a\n---\n- name: b\n  tags: {x: y}\n',
      ),
      fc.nat(),
      fc.nat(3),
      anyText,
    )
    .map(([text, at, length, put]) => {
      const start = at % text.length;
      return text.slice(0, start) + put + text.slice(start + length);
    });
  fc.assert(
    fc.property(
      fc.oneof(anyText, mangled),
      fc.constantFrom('a.json', 'a.yaml', '-'),
      fc.integer({ min: 1, max: 99 }),
      (text, name, size) => {
        const outcome = () => {
          try {
            return foundIn(text, name, size);
          } catch (error) {
            expect(error).toBeInstanceOf(OperatorError);
            return (error as Error).message;
          }
        };
        expect(outcome()).toEqual(
          ((all) => {
            try {
              return foundIn(all, name);
            } catch (error) {
              return (error as Error).message;
            }
          })(text),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('broken jobs hide none that is whole, wherever they break', () => {
  const lines = ['a', 'b', 'c', 'd'].map(
    (name) =>
      `{"name":"${name}","tags":{"role":"web:1"},"executor_config":{"body":"{\\"x\\":[{}]}"}}`,
  );
  const shape = fc.constantFrom<(all: string[]) => string>(
    (all) => all.join('\n'),
    (all) => `[${all.join(',')}]`,
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 }),
      fc.nat(),
      shape,
      fc.constantFrom('"', '{', '}', ':', ','),
      (which, at, shaped, taken) => {
        const line = lines[which]!;
        const places = [...line.matchAll(new RegExp(`\\${taken}`, 'g'))].map(({ index }) => index);
        const gone = places[at % places.length]!;
        const broken = line.slice(0, gone) + line.slice(gone + 1);
        const whole = ['a', 'b', 'c', 'd'].filter((_, index) => index !== which);
        const names = read(shaped(lines.with(which, broken))).filter(
          (one) => typeof one === 'string',
        );
        expect(names).toEqual(expect.arrayContaining(whole));
      },
    ),
  );
});

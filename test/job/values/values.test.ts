import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields } from '../../../src/job/fields.ts';
import type { Job } from '../../../src/job/job.ts';
import { valueEditor } from '../../../src/job/values/values.ts';
import { aJob } from '../../support/jobs.ts';
import { anyJson } from '../json.ts';

const jobs = [
  { name: 'refresh', parent_job: '' },
  { name: 'child', parent_job: 'refresh' },
  { name: 'other', parent_job: '' },
];

const editor = (path: string, job: Job = aJob()) => valueEditor(path.split('.'), job, jobs)!;

const http = (config: Record<string, string>) =>
  aJob({ executor: 'http', executor_config: config });

describe('valueEditor', () => {
  it('is there for every field of an operator and for no other', () => {
    for (const { name, owner } of fields)
      expect(valueEditor([name], aJob()) !== undefined, name).toBe(owner === 'operator');
  });

  it.each<[path: string, kind: string, choices: readonly string[]]>([
    ['disabled', 'flag', ['true', 'false']],
    ['concurrency', 'choice', ['allow', 'forbid']],
    ['retries', 'number', []],
    ['expires_at', 'time', []],
    ['tags', 'map', []],
    ['tags.role', 'text', []],
    ['processors', 'json', []],
    ['processors.log', 'map', []],
    ['processors.log.forward', 'text', []],
    ['parent_job', 'parent', ['other']],
    ['schedule', 'schedule', []],
    ['displayname', 'text', []],
    ['executor_config', 'map', []],
    ['executor_config.command', 'script', []],
    ['executor_config.env', 'map', []],
    ['executor_config.timeout', 'duration', []],
    ['executor_config.shell', 'choice', ['true', 'false', '']],
    ['executor_config.unknown', 'text', []],
    ['from_the_future', 'json', []],
  ])('of %s is a %s', (path, kind, choices) => {
    expect(editor(path)).toMatchObject({ kind, choices });
  });

  it('offers the zones and the executors', () => {
    expect(editor('timezone').choices).toContain('Europe/Paris');
    expect(editor('executor').choices).toContain('http');
  });

  it.each<[path: string, text: string, value: unknown]>([
    ['disabled', 'yes', true],
    ['disabled', ' False ', false],
    ['retries', '3', 3],
    ['expires_at', '', null],
    ['expires_at', '2026-11-23T07:00:00+01:00', '2026-11-23T07:00:00+01:00'],
    ['timezone', '', ''],
    ['parent_job', 'other', 'other'],
    ['concurrency', 'forbid', 'forbid'],
    ['tags', 'role = web\n\ndc=dc1=a', { role: 'web', dc: 'dc1=a' }],
    ['tags', '{"a": "b"}', { a: 'b' }],
    ['tags', '', {}],
    ['processors', '{"log": {"forward": "true"}}', { log: { forward: 'true' } }],
    ['executor_config.timeout', '1h30m', '1h30m'],
    ['executor_config.timeout', '', ''],
    ['executor_config.env', 'A=1\n B=2 \n', 'A=1,B=2'],
    ['from_the_future', '[1]', [1]],
  ])('of %s takes %j', (path, text, value) => {
    expect(editor(path).parse(text)).toEqual({ value });
  });

  it.each([
    ['name', 'Upper'],
    ['timezone', 'europe/paris'],
    ['parent_job', 'nobody'],
    ['concurrency', 'never'],
    ['schedule', '* * * * *'],
    ['executor_config.timeout', '30'],
    ['executor_config.shell', 'maybe'],
  ])('leaves it to the checks what %s = %j is good for', (path, text) => {
    expect(editor(path).parse(text)).toEqual({ value: text });
  });

  it.each<[path: string, text: string, error: string]>([
    ['disabled', 'perhaps', 'disabled must be true or false'],
    ['retries', '-1', 'retries must be a whole number, 0 or more'],
    ['retries', '18446744073709551616', 'retries must be a whole number, 0 or more'],
    ['expires_at', 'tomorrow', 'expires_at must be a time like 2026-11-23T07:00:00Z, or null'],
    [
      'expires_at',
      '2026-02-30T00:00:00Z',
      'expires_at must be a time like 2026-11-23T07:00:00Z, or null',
    ],
    [
      'starts_at',
      '9999-12-31T23:59:59-01:00',
      'starts_at must be in the years 0 to 9999 in UTC: Dkron could not show any job after that',
    ],
    [
      'expires_at',
      '0000-01-01T00:00:00+01:00',
      'expires_at must be in the years 0 to 9999 in UTC: Dkron could not show any job after that',
    ],
    ['tags', 'role', 'line 1: write key=value'],
    ['tags', 'a=1\na=2', 'line 2: a is there twice'],
    [
      'tags',
      '{"a": 1}',
      'tags.a must be text in quotes: Dkron takes no numbers, flags or lists here',
    ],
    ['tags', '{"a"', 'line 1, column 1: this { is never closed'],
    ['processors', '{"log": 1e400}', 'processors.log must be names with texts'],
    ['executor_config.env', 'A=1,B', '"A=1,B" holds a comma, and Dkron ends the variable there'],
    ['executor_config.env', 'A', '"A" is not a variable: write NAME=value'],
    ['from_the_future', '[1', 'line 1, column 1: this [ is never closed'],
  ])('of %s refuses %j', (path, text, error) => {
    expect(editor(path).parse(text)).toEqual({ error });
  });

  it('edits a body as JSON and stores it as it was', () => {
    const body = editor('executor_config.body', http({ body: '{"a":1.0,"b":[]}' }));
    expect(body.print('{"a":1.0,"b":[]}')).toBe('{\n  "a": 1.0,\n  "b": []\n}');
    expect(body.parse('{\n  "a": 1e400,\n  "b": []\n}')).toEqual({ value: '{"a":1e400,"b":[]}' });
  });

  it('edits headers as lines and keeps those that did not change', () => {
    const headers = editor('executor_config.headers', http({ headers: '["A:1", "B: 2"]' }));
    expect(headers.print('["A:1", "B: 2"]')).toBe('A: 1\nB: 2');
    expect(headers.parse('A: 1\nC: x:y\n')).toEqual({ value: '["A:1", "C: x:y"]' });
    expect(headers.parse('A: 1\nBroken')).toEqual({
      error: '"Broken" is not a header: write Name: value',
    });
  });

  it('shows headers that are no list as the text they are', () => {
    const headers = editor('executor_config.headers', http({ headers: 'A: 1' }));
    expect(headers).toMatchObject({ kind: 'text' });
    expect(headers.parse(headers.print('A: 1'))).toEqual({ value: 'A: 1' });
  });

  it('reads back what it prints', () => {
    const key = fc.string({ unit: 'grapheme', minLength: 1 });
    const map = fc.dictionary(key, fc.string({ unit: 'grapheme' }));
    const of = (path: string, values: fc.Arbitrary<unknown>) =>
      values.map((value) => ({ path, value }));
    const any = fc.oneof(
      of('disabled', fc.boolean()),
      of('retries', fc.maxSafeNat()),
      of('expires_at', fc.constantFrom(null, '2026-11-23T07:00:00.5Z')),
      of('displayname', fc.string()),
      of('tags', map),
      of('executor_config', map),
      of('processors', fc.dictionary(key, map)),
      of('executor_config.command', fc.string()),
      of(
        'from_the_future',
        fc.jsonValue().filter((value) => !Object.is(value, -0)),
      ),
    );
    fc.assert(
      fc.property(any, ({ path, value }) => {
        const { print, parse } = editor(path);
        expect(parse(print(value))).toEqual({ value });
      }),
    );
  });

  it('reads back every body', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, fc.string()), (body) => {
        const { print, parse } = editor('executor_config.body', http({ body }));
        expect(parse(print(body))).toEqual({ value: body });
      }),
    );
  });

  it('says something about any text', () => {
    const paths = fields.filter(({ owner }) => owner === 'operator').map(({ name }) => name);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.string({ unit: 'binary' }), (path, text) => {
        expect(Object.keys(editor(path).parse(text))).toHaveLength(1);
      }),
    );
  });
});

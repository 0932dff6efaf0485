import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields } from '../../../src/job/fields.ts';
import { jobFromYaml, jobToYaml } from '../../../src/job/file/yaml.ts';
import type { Job } from '../../../src/job/job.ts';
import { parseJson, stringifyJson } from '../../../src/json/numbers.ts';
import { aJob } from '../../support/jobs.ts';
import { anyJson, anyText } from '../json.ts';

const job = aJob({
  displayname: 'Refresh',
  executor: 'http',
  executor_config: {
    method: 'POST',
    url: 'http://cache/refresh?a=1',
    headers: '["Content-Type: application/json"]',
    body: '{"positions": [{"lat": 48.8566, "n": 1e400}], "a": 1, "a": 2}',
    timeout: '30',
  },
  tags: { role: 'web:1' },
  success_count: 7,
});

const edit = (from: string, to: string, original: Job = job) => {
  const yaml = jobToYaml(original);
  expect(yaml).toContain(from);
  return jobFromYaml(yaml.replace(from, to), original);
};

describe('jobToYaml', () => {
  const yaml = jobToYaml(job);

  it('shows what an operator decides, in the order of the fields, each with a comment', () => {
    const names = fields.filter(({ owner }) => owner === 'operator').map(({ name }) => name);
    expect([...yaml.matchAll(/^# .*\n(\w+):/gm)].map(([, name]) => name)).toEqual(names);
  });

  it('lays out what is stringified', () => {
    expect(yaml).toContain(`  body: |-
    {
      "positions": [
        {
          "lat": 48.8566,
          "n": 1e400
        }
      ],
      "a": 1,
      "a": 2
    }
`);
    expect(yaml).toContain('  headers: |-\n    [\n      "Content-Type: application/json"\n    ]\n');
    expect(yaml).toContain('  # in seconds; 30 when empty\n  timeout: "30"\n');
  });

  it('leaves out what an older Dkron does not have', () => {
    const { starts_at: _, ...older } = job;
    expect(jobToYaml(older as Job)).not.toContain('starts_at');
    expect(jobFromYaml(jobToYaml(older as Job), older as Job)).toEqual({ job: older });
  });

  it('shows shell commands as blocks', () => {
    const script = aJob({
      executor_config: { command: 'set -e\nfor x in 1 2; do\n  run\ndone\n' },
    });
    expect(jobToYaml(script)).toContain(
      '  command: |\n    set -e\n    for x in 1 2; do\n      run\n    done\n',
    );
  });
});

describe('jobFromYaml', () => {
  it('reads back exactly what was there when nothing was edited', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), anyText);
    const map = fc.dictionary(fc.string(), text, { maxKeys: 3 });
    const anyJob = fc
      .record({
        displayname: text,
        schedule: text,
        disabled: fc.boolean(),
        retries: fc.nat(),
        tags: fc.oneof(fc.constant(null), map),
        executor_config: fc.oneof(fc.constant(null), map),
        processors: fc.dictionary(fc.string(), map, { maxKeys: 2 }),
        expires_at: fc.constantFrom(null, '2026-11-23T07:00:00+01:00', '0001-01-01T00:00:00Z'),
        from_the_future: anyJson.map(parseJson),
      })
      .map(aJob);
    fc.assert(
      fc.property(anyJob, (original) => {
        const read = jobFromYaml(jobToYaml(original), original);
        expect(stringifyJson(read)).toBe(stringifyJson({ job: original }));
      }),
    );
  });

  it.each<[from: string, to: string, wanted: Partial<Job>]>([
    ['retries: 0', 'retries: 3', { retries: 3 }],
    ['disabled: false', 'disabled: true', { disabled: true }],
    ['displayname: Refresh', 'displayname: 1.10', { displayname: '1.10' }],
    ['displayname: Refresh', 'displayname:', { displayname: '' }],
    ['displayname: Refresh\n', '', { displayname: '' }],
    ['concurrency: allow\n', '', { concurrency: 'allow' }],
    ['concurrency: allow', 'concurrency: forbid', { concurrency: 'forbid' }],
    ['role: web:1', 'role: true\n  n: 0x1F\n  e:', { tags: { role: 'true', n: '0x1F', e: '' } }],
    ['tags:\n  role: web:1\n', '', { tags: null }],
    [
      'expires_at: null',
      'expires_at: 2030-01-01T00:00:00Z',
      { expires_at: '2030-01-01T00:00:00Z' },
    ],
  ])('takes %j for %j', (from, to, wanted) => {
    expect(edit(from, to)).toEqual({ job: { ...job, ...wanted } });
  });

  it.each([
    ['48.8566', '49.0', '{"positions": [{"lat": 49.0, "n": 1e400}], "a": 1, "a": 2}'],
    [
      '"a": 2\n',
      '"a": [\n        2]\n',
      '{"positions": [{"lat": 48.8566, "n": 1e400}], "a": 1, "a": [2]}',
    ],
  ])('stores a body as it was but for what was edited: %j to %j', (from, to, body) => {
    expect(edit(from, to)).toEqual({
      job: { ...job, executor_config: { ...job.executor_config, body } },
    });
  });

  it('lets fields of a newer Dkron ride along, and be edited', () => {
    const newer = { ...job, limits: parseJson('{"big":9223372036854775808,"list":[1.0]}') };
    expect(jobToYaml(newer)).toContain(
      '# a field of a newer Dkron\nlimits:\n  big: 9223372036854775808\n  list:\n    - 1.0\n',
    );
    expect(stringifyJson(edit('- 1.0', '- 1e400', newer))).toBe(
      stringifyJson({
        job: { ...newer, limits: parseJson('{"big":9223372036854775808,"list":[1e400]}') },
      }),
    );
  });

  it('lets a job that is being made have a name', () => {
    expect(edit('name: ""', 'name: new', aJob({ name: '' }))).toEqual({
      job: aJob({ name: 'new' }),
    });
  });

  it.each([
    [
      'name: refresh',
      'name: other',
      'name must stay refresh: under another name Dkron makes a copy',
    ],
    ['retries: 0', 'retries: -1', 'retries must be a whole number, 0 or more'],
    ['retries: 0', 'retries: "3"', 'retries must be a whole number, 0 or more'],
    ['disabled: false', 'disabled: maybe', 'disabled must be true or false'],
    [
      'expires_at: null',
      'expires_at: soon',
      'expires_at must be a time like 2026-11-23T07:00:00Z, or null',
    ],
    ['retries: 0', 'retires: 0', 'retires is not a field of a job'],
    ['retries: 0', 'status: success', 'status is set by Dkron and cannot be changed'],
    [
      'role: web:1',
      'role: [web]',
      'tags.role must be text in quotes: Dkron takes no numbers, flags or lists here',
    ],
    [
      'schedule: 0 */5 * * * *',
      'schedule: @daily',
      'a value cannot begin with this character: put it in double quotes',
    ],
    [
      'schedule: 0 */5 * * * *',
      'schedule: * * * * * *',
      'a value that begins with * is a reference in YAML: put it in double quotes',
    ],
    [
      'schedule: 0 */5 * * * *',
      'schedule: "0',
      'a quote that is never closed, a bracket, comma, colon or space is missing here',
    ],
    ['retries: 0', 'disabled: true', 'this name is twice in the same place'],
  ])('says where the file is wrong: %j as %j', (from, to, message) => {
    const yaml = jobToYaml(job);
    const line = yaml.slice(0, yaml.indexOf(from)).split('\n').length;
    const result = edit(from, to);
    expect(result).toEqual({
      errors: [{ line: expect.any(Number), column: expect.any(Number), message }],
    });
    if (!message.startsWith('a quote')) expect(result).toMatchObject({ errors: [{ line }] });
  });

  it('tells all that is wrong, from top to bottom', () => {
    const yaml = jobToYaml(job)
      .replace('retries: 0', 'retries: x')
      .replace('disabled: false', 'disabled: 1');
    expect(jobFromYaml(yaml, job)).toMatchObject({
      errors: [{ message: /^disabled/ }, { message: /^retries/ }].map(({ message }) => ({
        message: expect.stringMatching(message),
      })),
    });
  });

  it.each(['', '# only a comment\n', '[]', 'text', 'name: refresh\n---\nname: refresh\n'])(
    'knows that %j is not one job',
    (text) => {
      expect(jobFromYaml(text, job)).toEqual({
        errors: [
          {
            line: expect.any(Number),
            column: expect.any(Number),
            message: 'the file must hold the fields of one job',
          },
        ],
      });
    },
  );

  it.each([
    'a: *nowhere',
    'a: &a [*a]',
    `a: &a [x]\nb: &b [${'*a,'.repeat(50)}]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]`,
  ])('survives %.20s', (text) => {
    expect(jobFromYaml(text, job)).toHaveProperty('errors');
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.string().map((text) => jobToYaml(job) + text),
        ),
        (text) => {
          expect(Object.keys(jobFromYaml(text, job))).toHaveLength(1);
        },
      ),
    );
  });
});

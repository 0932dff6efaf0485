import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { getPath, removePath, setPath } from '../../../src/job/values/path.ts';
import { aJob } from '../../support/jobs.ts';
import { anyText, scalar, spacedJson, write } from '../json.ts';

const body =
  '{ "positions":[{"lat":48.8566,"lng":1e400},{"lat" : 0}], "id":"7","a.b":null,\n "inner":"{\\"url\\":\\"http:\\\\/\\\\/a\\", \\"n\\":[1]}","id2":9223372036854775808}';

const job = aJob({
  executor: 'http',
  executor_config: {
    url: 'http://cache',
    headers: '["Content-Type: application/json", "X-A:1", "x-a: 2"]',
    body,
  },
  tags: { role: 'web', 'a.b': 'dotted' },
  processors: { log: { forward: 'true' } },
  from_the_future: { limit: [1, 2] },
});

const set = (path: string, text: string, on: Job = job) => {
  const result = setPath(on, path, text);
  return 'error' in result ? result.error : result.job;
};
const remove = (path: string) => {
  const result = removePath(job, path);
  return 'error' in result ? result.error : result.job;
};
const get = (path: string) => {
  const result = getPath(job, path);
  return 'error' in result ? result.error : result.value;
};
const withConfig = (key: string, value: string) => ({
  ...job,
  executor_config: { ...job.executor_config, [key]: value },
});

describe('setPath', () => {
  it.each<[path: string, text: string, wanted: Partial<Job>]>([
    ['retries', '3', { retries: 3 }],
    ['disabled', 'true', { disabled: true }],
    ['schedule', '@daily', { schedule: '@daily' }],
    ['expires_at', '', { expires_at: null }],
    ['parent_job', 'other', { parent_job: 'other' }],
    ['tags', 'a=b', { tags: { a: 'b' } }],
    ['tags.role', 'db', { tags: { role: 'db', 'a.b': 'dotted' } }],
    ['tags.a.b', 'x', { tags: { role: 'web', 'a.b': 'x' } }],
    ['tags["a.b"]', 'x', { tags: { role: 'web', 'a.b': 'x' } }],
    ['tags.new.one', 'x', { tags: { ...job.tags, 'new.one': 'x' } }],
    ['metadata.kind', 'x', { metadata: { kind: 'x' } }],
    ['processors.log.forward', 'false', { processors: { log: { forward: 'false' } } }],
    [
      'processors.files',
      'log_dir=/tmp',
      { processors: { log: { forward: 'true' }, files: { log_dir: '/tmp' } } },
    ],
    ['from_the_future.limit[0]', '1e400', {}],
  ])('%s=%s', (path, text, wanted) => {
    const changed = set(path, text) as Job;
    expect(changed).toMatchObject(wanted);
    expect({ ...changed, ...wanted, from_the_future: 0 }).toEqual({
      ...job,
      ...wanted,
      from_the_future: 0,
    });
  });

  it('keeps numbers of a field it does not know as written', () => {
    expect(
      JSON.stringify((set('from_the_future.limit[0]', '1e400') as Job)['from_the_future']),
    ).toBe('{"limit":[1e400,2]}');
  });

  it.each<[path: string, text: string, from: string, to: string]>([
    ['positions[0].lat', '49.0', '48.8566', '49.0'],
    ['positions.1.lat', '-1', '"lat" : 0', '"lat" : -1'],
    ['positions[1]', '{"lat": 1}', '{"lat" : 0}', '{"lat" : 1}'],
    ['positions[2]', '[]', '{"lat" : 0}]', '{"lat" : 0},[]]'],
    ['positions[0].rad', '500', '1e400}', '1e400,"rad":500}'],
    ['id', '8', '"7"', '"8"'],
    ['id', '"8"', '"7"', '"8"'],
    ['id', '{"x":1}', '"7"', '"{\\"x\\":1}"'],
    ['["a.b"]', 'text', 'null', '"text"'],
    ['id2', '9223372036854775809', '9223372036854775808', '9223372036854775809'],
    ['inner.n[0]', '2', '[1]}"', '[2]}"'],
    ['inner.url', 'http://b', '\\\\/\\\\/a', '//b'],
    ['inner.new', 'é"', '[1]}"', '[1], \\"new\\":\\"é\\\\\\"\\"}"'],
  ])('changes only the bytes of body.%s=%s', (path, text, from, to) => {
    expect(body).toContain(from);
    expect(set(`executor_config.body.${path}`.replace('.[', '['), text)).toEqual(
      withConfig('body', body.replace(from, to)),
    );
  });

  it.each<[path: string, text: string, headers: string]>([
    ['content-type', 'text/plain', '["Content-Type: text/plain", "X-A:1", "x-a: 2"]'],
    ['X-A', '3', '["Content-Type: application/json", "X-A:1", "x-a: 3"]'],
    ['New', 'x', '["Content-Type: application/json", "X-A:1", "x-a: 2", "New: x"]'],
    ['[1]', 'B: c', '["Content-Type: application/json", "B: c", "x-a: 2"]'],
  ])('sets the header %s=%s', (name, text, headers) => {
    const path = `executor_config.headers.${name}`.replace('.[', '[');
    expect(set(path, text)).toEqual(withConfig('headers', headers));
  });

  it('writes a whole body with the white space of the old one', () => {
    const old = withConfig('body', '{"a":1}');
    expect(set('executor_config.body', '{\n  "a": 2\n}', old)).toEqual(
      withConfig('body', '{"a":2}'),
    );
  });

  it('finds settings whose names have dots', () => {
    const rabbit = aJob({ executor: 'rabbitmq', executor_config: { url: 'amqp://q' } });
    expect(set('executor_config.queue.name', 'q', rabbit)).toMatchObject({
      executor_config: { url: 'amqp://q', 'queue.name': 'q' },
    });
  });

  it.each<[path: string, text: string, error: string | RegExp]>([
    ['', 'x', /^"" is not a path/],
    ['a..b', 'x', /^"a\.\.b" is not a path/],
    ['tags[', 'x', /is not a path/],
    ['name', 'x', /use rename$/],
    ['status', 'x', 'status is set by Dkron and cannot be changed'],
    ['dependent_jobs[0]', 'x', 'dependent_jobs is set by Dkron and cannot be changed'],
    ['retires', '3', 'a job has no field retires'],
    ['retries', 'x', 'retries must be a whole number, 0 or more'],
    ['retries.x', '3', 'retries has no parts'],
    ['tags.role.x', 'x', 'tags.role is text, which has no parts'],
    ['tags[0]', 'x', 'there is no tags.[0]'],
    ['executor_config.url.x', 'x', 'executor_config.url is not JSON'],
    [
      'executor_config.body.place.x',
      '1',
      'executor_config.body has no place: it has positions, id, a.b, inner, id2',
    ],
    [
      'executor_config.body.positions[3]',
      '1',
      'executor_config.body.positions has no [3]: it has [0] to [1]',
    ],
    [
      'executor_config.body.positions.lat',
      '1',
      'executor_config.body.positions is a list: write [0]',
    ],
    ['executor_config.body[0]', '1', 'executor_config.body is an object: write a name'],
    ['executor_config.body.id2.x', '1', 'executor_config.body.id2 is a number, which has no parts'],
    [
      'executor_config.body.positions[0].lat',
      '48,9',
      'executor_config.body.positions[0].lat is a number; a text in its place is written in double quotes',
    ],
    ['executor_config.body.inner.x.y', '1', 'executor_config.body.inner has no x: it has url, n'],
  ])('refuses %s=%s', (path, text, error) => {
    expect(set(path, text)).toEqual(
      typeof error === 'string' ? error : expect.stringMatching(error),
    );
  });

  it('says that there is no body yet', () => {
    const bare = aJob({ executor: 'http', executor_config: { headers: 'X: y' } });
    expect(set('executor_config.body.a', '1', bare)).toBe(
      'executor_config.body does not exist yet',
    );
    expect(set('executor_config.headers.A', '1', bare)).toBe(
      'executor_config.headers is not a JSON list of "Name: value"',
    );
  });
});

describe('getPath', () => {
  it.each([
    ['retries', '0'],
    ['tags', 'role=web\na.b=dotted'],
    ['executor_config.url', 'http://cache'],
    ['executor_config.headers.X-A', '2'],
    ['executor_config.body.positions[0].lng', '1e400'],
    ['executor_config.body.positions[1]', '{"lat" : 0}'],
    ['executor_config.body.id', '"7"'],
    ['executor_config.body.inner.n', '[1]'],
    ['from_the_future.limit', '[1,2]'],
    ['tags.nothing', 'tags.nothing does not exist'],
    [
      'executor_config.body.x',
      'executor_config.body has no x: it has positions, id, a.b, inner, id2',
    ],
  ])('%s is %s', (path, value) => {
    expect(get(path)).toBe(value);
  });
});

describe('removePath', () => {
  it.each<[path: string, wanted: Partial<Job>]>([
    ['schedule', { schedule: '' }],
    ['concurrency', { concurrency: 'allow' }],
    ['tags', { tags: null }],
    ['tags.role', { tags: { 'a.b': 'dotted' } }],
    ['processors.log', { processors: {} }],
    ['executor_config.headers.X-A', withConfig('headers', '["Content-Type: application/json"]')],
    ['executor_config.body.positions[0]', withConfig('body', body.replace(/\{"lat":48.*?\},/, ''))],
    ['executor_config.body.positions[0].lng', withConfig('body', body.replace(',"lng":1e400', ''))],
    ['executor_config.body.inner.n', withConfig('body', body.replace(', \\"n\\":[1]', ''))],
    [
      'executor_config.body.id2',
      withConfig('body', body.replace(',"id2":9223372036854775808', '')),
    ],
  ])('takes %s away', (path, wanted) => {
    expect(remove(path)).toEqual({ ...job, ...wanted });
  });

  it.each([
    ['name', /use rename$/],
    ['next', /set by Dkron/],
    ['tags.nothing', /does not exist/],
    ['executor_config.headers.X-B', /does not exist/],
    ['executor_config.body.x', /has no x/],
  ])('refuses %s', (path, error) => {
    expect(remove(path)).toMatch(error);
  });
});

describe('a path', () => {
  it('changes one value of any body and only its bytes', () => {
    const edit = spacedJson
      .map(({ tokens, spaces }) => ({ tokens, spaces, places: scalarPlaces(tokens) }))
      .filter(({ places }) => places.length > 0)
      .chain(({ places, ...stored }) =>
        fc.record({
          ...{ tokens: fc.constant(stored.tokens), spaces: fc.constant(stored.spaces) },
          place: fc.constantFrom(...places),
          wanted: scalar,
        }),
      );
    fc.assert(
      fc.property(edit, ({ tokens, spaces, place, wanted }) => {
        const stored = withConfig('body', write(tokens, spaces));
        const quoted = tokens[place.at]!.startsWith('"') && !wanted.startsWith('"');
        const written = quoted ? JSON.stringify(wanted) : wanted;
        expect(set(place.path, wanted, stored)).toEqual(
          withConfig('body', write(tokens.with(place.at, written), spaces)),
        );
      }),
    );
  });

  it('may be any text, on any body', () => {
    const path = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('.a', '[0]', '.b', '["a"]', '.', '['))
        .map((steps) => `executor_config.body${steps.join('')}`),
    );
    fc.assert(
      fc.property(path, anyText, fc.string(), (anyPath, text, value) => {
        const stored = withConfig('body', text);
        for (const result of [
          getPath(stored, anyPath),
          setPath(stored, anyPath, value),
          removePath(stored, anyPath),
        ])
          expect(Object.keys(result)).toHaveLength(1);
      }),
    );
  });
});

/** The scalars of a body below its top, each with its path; none when a name comes twice. */
function scalarPlaces(tokens: readonly string[]): { path: string; at: number }[] {
  const places: { path: string; at: number }[] = [];
  let twice = false;
  const read = (start: number, path: string): number => {
    const open = tokens[start]!;
    if (open !== '{' && open !== '[') {
      if (path !== '') places.push({ path: `executor_config.body${path}`, at: start });
      return start + 1;
    }
    const names = new Set<string>();
    let at = start + 1;
    for (let index = 0; tokens[at] !== '}' && tokens[at] !== ']'; index++) {
      const name = open === '{' ? (JSON.parse(tokens[at]!) as string) : undefined;
      if (name !== undefined) twice ||= names.has(name);
      names.add(name ?? '');
      at = read(at + (open === '{' ? 2 : 0), `${path}[${JSON.stringify(name ?? index)}]`);
      if (tokens[at] === ',') at++;
    }
    return at + 1;
  };
  read(0, '');
  return twice ? [] : places;
}

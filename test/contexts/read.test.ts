import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Mistake, readContexts } from '../../src/contexts/read.ts';

const all = (text: string): Mistake[] => {
  const { contexts, mistakes } = readContexts(text);
  const inside = [...contexts.values()].flatMap((one) => ('mistakes' in one ? one.mistakes : []));
  return [...mistakes, ...inside];
};
const told = (text: string): string[] =>
  all(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
/** Of one context `x`, whose keys stand in column 5 from line 3 on. */
const inside = (text: string): string[] =>
  told(`contexts:\n  x:\n${text.replace(/^/gm, '    ')}\n`);

describe('a file of contexts', () => {
  it.each([
    ['', 0],
    ['# nothing yet\n', 0],
    ['contexts:\n', 0],
    ['contexts:\n  local: { url: "localhost:8080" }\ncurrent: local\n', 1],
    ['\u{feff}contexts: { a: { url: ":8080" }, "b@c:d/e": { url: d.example } }', 2],
    ['contexts:\n  a: &a { url: "https://a" }\n  b: *a\n', 2],
  ])('%j is read', (text, count) => {
    expect(all(text)).toEqual([]);
    expect(readContexts(text).contexts.size).toBe(count);
  });

  it.each([
    ['current: prod', '1:1 current: there is no such context: there is none at all'],
    [
      'contexts: { a: { url: b } }\ncurrent: b',
      '2:1 current: there is no such context: there is a',
    ],
    ['context: {}', '1:1 there is no context here; did you mean contexts?'],
    ['- a', '1:1 must be a map of current, theme, contexts'],
    [
      'theme: drak',
      '1:1 theme: must be one of auto, 16-colors, light, dark, high-contrast, color-blind, mono',
    ],
    ['contexts: [a]', '1:1 contexts: must be names with a context each'],
    ['contexts: {}\ncontexts: {}', '2:1 this name is twice in the same place'],
    ['contexts: {}\n---\na: 1', '3:1 a second document begins here (---)'],
    ['contexts:\n\ta: 1', '2:1 the line is indented with a tab: YAML takes spaces only'],
    [
      'contexts: { "-x": { url: a } }',
      '1:13 contexts.-x: cannot be typed: a name has letters, digits and . _ - @ : / and begins with a letter or a digit',
    ],
    [
      'contexts: { a: }',
      '1:13 contexts.a: must be a map of url, port-forward, label, color, read-only, protected, basic, bearer, headers, tls, proxy, refresh, grace, notify, server-zone, snapshots, views, lint',
    ],
  ])('%j: %s', (text, mistake) => {
    expect(told(text)).toEqual([mistake]);
  });

  it('is not read without end', () => {
    const names = [...'abcdefghijklm'];
    const bomb = names.map((name, at) => {
      const inner = at === 0 ? ['x'] : Array(9).fill(`*${names[at - 1]}`);
      return `${name}: &${name} [${inner.join(', ')}]`;
    });
    expect(all(bomb.join('\n'))[0]?.message).toMatch(/grow without end/);
    expect(all('['.repeat(100_000))[0]?.message).toBe('this is nested too deep to be read');
  });

  it('tells every mistake, and keeps the contexts that have none', () => {
    const text =
      'contexts:\n  a: { url: "http://a", refesh: 1, colr: red }\n  b: { url: "http://b" }\n';
    const { contexts, mistakes } = readContexts(text);
    expect(mistakes).toEqual([]);
    expect(contexts.get('b')).toEqual({ context: { url: 'http://b' } });
    expect(told(text)).toEqual([
      '2:25 contexts.a: there is no refesh here; did you mean refresh?',
      '2:36 contexts.a: there is no colr here; did you mean color?',
    ]);
  });
});

describe('a context', () => {
  it.each([
    ['url: https://dkron.example/base'],
    ['port-forward: { namespace: n, resource: svc/dkron, port: http }'],
    [
      'port-forward: { namespace: n, resource: svc/dkron, port: 8080 }\nbearer: { command: pass show dkron }',
    ],
    ['url: a\nheaders: { X-Dkron-Token: { env: A }, X-Tenant: { value: blue } }'],
    ['url: https://a\ntls: { cert: a.pem, key: b.pem, server-name: dkron }\nprotected: true'],
    [
      'url: https://a\ntls: { insecure: true }\nproxy: none\nrefresh: 2.5\nserver-zone: Europe/Paris',
    ],
    [
      'url: a\nbasic: { user: ops, password: { file: ~/secret } }\nviews: { bad: "status:failed !x" }',
    ],
  ])('%j is right', (text) => {
    expect(inside(text)).toEqual([]);
  });

  it.each([
    ['label: X', ': says nowhere to connect to: add url or port-forward'],
    [
      'url: a\nport-forward: { namespace: n, resource: svc/d, port: 1 }',
      '.url: there is port-forward, too: take one of them out',
    ],
    [
      'url: a:b',
      '.url: has no number for its port. Write it like http://localhost:8080 or https://host/path.',
    ],
    ['url: 8080', '.url: must be text: put it in double quotes'],
    ['url: ""', '.url: must not be empty'],
    ['url: a\nread-only: yes', '.read-only: must be true or false'],
    ['url: a\ncolor: gren', '.color: must be one of red, yellow, green, blue, magenta, cyan, gray'],
    ['url: a\nproxy: http://p', '.proxy: must be none, or left out'],
    ['url: a\nrefresh: 0', '.refresh: must be a number of seconds from 0.1 to 3600'],
    ['url: a\nrefresh: 5s', '.refresh: must be a number of seconds from 0.1 to 3600'],
    [
      'url: a\nserver-zone: Paris',
      '.server-zone: is no name of the time zone database: Europe/Paris, Etc/UTC',
    ],
    [
      'url: a\nviews: { v: "stats:ok" }',
      '.views.v: stats: is not a filter. Did you mean status: ? Filters are',
    ],
    ['url: a\nlabel: "a\\nb"', '.label: must be one short word or two: 24 characters at most'],
    [
      'url: a\nsnapshots: { folder: a, kept: 3 }',
      '.snapshots: there is no kept here: there is folder, keep',
    ],
    ['url: a\nsnapshots: { keep: 3 }', '.snapshots.keep: must be a map of last, hourly, daily'],
    [
      'url: a\nsnapshots: { keep: { daily: -1 } }',
      '.snapshots.keep.daily: must be a whole number, 0 or more, or unlimited',
    ],
    [
      'url: a\nsnapshots: { keep: { within: 7 } }',
      '.snapshots.keep.within: must be a length of time such as 14d, 6m or 1y5m7d2h',
    ],
    [
      'port-forward: { namespace: n, resource: --help, port: 1 }',
      '.port-forward.resource: must not begin with - and has no spaces',
    ],
    [
      'port-forward: { namespace: n, resource: svc/d, port: 70000 }',
      '.port-forward.port: must be a port from 1 to 65535, or',
    ],
    [
      'port-forward: { namespace: n, resource: svc/d, port: 80 80 }',
      '.port-forward.port: must be a port from 1 to 65535, or',
    ],
    [
      'port-forward: { namespace: n, resource: svc/d }',
      '.port-forward.port: must be a port from 1 to 65535, or',
    ],
    ['url: http://a\ntls: { ca: a }', '.tls: has no use without https: in url'],
    ['url: https://a\ntls: { cert: a }', '.tls.cert: needs its private key: add key'],
    ['url: https://a\ntls: { key: a }', '.tls.key: needs its certificate: add cert'],
    ['url: https://a\ntls: { insecure: false }', '.tls.insecure: must be true, or left out'],
    [
      'url: https://a\ntls: { insecure: true, ca: a }',
      '.tls.insecure: takes any certificate, so ca has no use: take one of them out',
    ],
    [
      'url: a\nheaders: { Content-Length: { value: "3" } }',
      '.headers.Content-Length: is a header that belongs to the connection: take it out',
    ],
    ['url: a\nheaders: { "a b": { value: "3" } }', '.headers.a b: is no name of a header'],
    [
      'url: a\nheaders: { A: { value: "3" }, a: { value: "3" } }',
      '.headers.a: is here twice: headers know no capital letters',
    ],
    [
      'url: a\nheaders: { A: { value: "a\\nb" } }',
      '.headers.A.value: has characters that no header can carry',
    ],
    [
      'url: a\nbearer: { env: A }\nheaders: { authorization: { env: B } }',
      '.headers: only one of bearer and headers can say who we are: Authorization is one header',
    ],
    [
      'url: a\nbasic: { user: "a:b", password: { env: B } }',
      '.basic.user: must have no colon: HTTP basic has it between user and password',
    ],
  ])('%j: %s', (text, message) => {
    const [mistake, ...more] = inside(text);
    expect(mistake?.replace(/^\d+:\d+ contexts\.x/, '').slice(0, message.length)).toBe(message);
    expect(more).toEqual([]);
  });

  it.each([
    ['bearer: s3cr3t', '.bearer: a secret is not written into this file'],
    ['basic: { user: a, password: s3cr3t }', '.basic.password: a secret is not written'],
    ['basic: { user: a, password: { value: s3cr3t } }', '.basic.password: must be { env: NAME }'],
    ['headers: { X-A: s3cr3t }', '.headers.X-A: name where its value is'],
    ['headers: { X-Api-Key: { value: s3cr3t } }', '.headers.X-Api-Key: is a secret by its name'],
    ['headers: { X-A: { s3cr3t: 1 } }', '.headers.X-A: must be { env: NAME }'],
    ['url: https://ops:s3cr3t@host', '.url: must have no user and no password'],
    ['s3cr3t: 1', ': there is no such key here'],
    ['basic: { user: a, password: { env: B }, s3cr3t: 1 }', '.basic: there is no such key here'],
  ])('%j is refused without a word of the secret', (text, message) => {
    const given = /^url/.test(text) ? text : `url: a\n${text}`;
    const mistakes = inside(given).join('\n');
    expect(mistakes).not.toContain('s3cr3t');
    expect(mistakes).toContain(`contexts.x${message}`);
  });

  it('has its mistakes where they stand', () => {
    expect(inside('url: a\nheaders:\n  X-A:\n    envv: B')).toEqual([
      '5:7 contexts.x.headers.X-A: must be { env: NAME }, { file: PATH }, { command: LINE }, or { value: TEXT } when it is no secret',
    ]);
    expect(inside('port-forward:\n  namespace: n\n  resourse: svc/d\n  port: 80')).toEqual([
      '3:5 contexts.x.port-forward.resource: is missing',
      '5:7 contexts.x.port-forward: there is no resourse here; did you mean resource?',
    ]);
  });
});

describe('whatever stands in the file', () => {
  const words = ['contexts', 'current', 'url', 'tls', 'headers', 'bearer', 'env', 'value', 'a'];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(fc.constantFrom('', 'a', 'http://a', '__proto__'), fc.double(), fc.boolean()),
      fc.constant(null),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words, '__proto__', 'constructor'), tie('tree')),
    ),
  }));

  it('is read, or is a mistake with a place in it', () => {
    const text = fc.oneof(
      tree.map((value) => stringify(value)),
      tree.map((value) => stringify({ contexts: { a: value } })),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, (written) => {
        const lines = written.split('\n').length;
        for (const { line, column, message } of all(written)) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/\S/);
        }
      }),
    );
  });
});

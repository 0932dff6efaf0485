/** What is known before the program is loaded, held against what the program then makes of the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GlobalOptions } from '../../src/cli/invocation.ts';
import type { Io } from '../../src/cli/io.ts';
import { openingOf } from '../../src/cli/opening.ts';
import { plainConsole } from '../../src/cli/plain.ts';
import { createProgram } from '../../src/cli/program.ts';
import { targetOf } from '../../src/cli/target.ts';
import { type Config, noConfig } from '../../src/contexts/file.ts';
import { knownIn } from '../../src/contexts/keep-known.ts';
import { readContexts } from '../../src/contexts/read.ts';
import { routeOf } from '../../src/contexts/route.ts';

const config = (text: string): Config => ({
  ...noConfig,
  path: '/etc/c.yaml',
  text,
  stamp: String(text.length),
  ...readContexts(text),
});

const contexts = `
contexts:
  plain: { url: "http://plain:8080/base/" }
  quiet: { url: "http://quiet", read-only: true, label: Q, refresh: 9 }
  tls: { url: "https://tls" }
  basic: { url: "http://basic", basic: { user: me, password: { env: P } } }
  bearer: { url: "http://bearer", bearer: { env: P } }
  headers: { url: "http://headers", headers: { X-Tenant: { value: blue } } }
  forward: { port-forward: { namespace: a, resource: svc/b, port: 8080 } }
  broken: { url: "http://broken", refesh: 1 }
`;
const names = [...contexts.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name!);
const files = [
  noConfig,
  config(contexts),
  ...names.map((name) => config(`current: ${name}${contexts}`)),
  config(`current: nobody${contexts}`),
  config(`curent: plain${contexts}`),
  config('['),
  { ...noConfig, failure: new Error('it cannot be read') },
];

const addresses = ['http://a:8080', ':8080', 'http://a/base', 'https://a', 'http://me:pw@a', '1.1'];
const words = fc.oneof(
  fc.constantFrom(...addresses).map((url) => ['--url', url]),
  fc.constantFrom(...addresses).map((url) => [`--url=${url}`]),
  fc.constantFrom(...names, 'nobody', '').map((name) => ['--context', name]),
  fc.constantFrom(...names).map((name) => [`--context=${name}`]),
  fc.constantFrom('light', 'neon').map((name) => ['--theme', name]),
  fc.constantFrom('never', 'pink').map((name) => [`--color=${name}`]),
  fc.constantFrom('2', '0', 'x').map((seconds) => ['--refresh', seconds]),
  fc.constantFrom(['--read-only'], ['--no-color'], ['--demo'], ['jobs'], ['--'], ['--json']),
);
const command = fc.array(words, { maxLength: 3 }).map((parts) => parts.flat());
const variable = (...values: string[]) =>
  fc.constantFrom(...values, ...Array<undefined>(3).fill(undefined));
const environment = fc.record({
  DKRON_URL: variable('', ...addresses),
  DKRON_CONTEXT: variable('', ...names),
  DKRON_SERVER_ZONE: variable('Nowhere', 'UTC'),
  http_proxy: variable('http://proxy:3128'),
});

/** As the program does it; throws what it would tell. */
function opened(argv: readonly string[], env: Record<string, string | undefined>, file: Config) {
  const program = createProgram({ env } as Io);
  const { operands, unknown } = program.parseOptions([...argv]);
  expect({ operands, unknown }).toEqual({ operands: [], unknown: [] });
  return targetOf(program.opts<GlobalOptions>(), env, file);
}

const early = (argv: readonly string[], env: Record<string, string | undefined>, file: Config) => {
  const wanted = plainConsole(argv, env);
  return wanted && { wanted, opening: openingOf(wanted, knownIn(file, env)) };
};

describe('what a console is opened on, before its program is loaded', () => {
  it('is what the program opens, and nothing is asked where that would ask in another way', async () => {
    const seen = { shown: 0, asked: 0 };
    await fc.assert(
      fc.asyncProperty(command, environment, fc.constantFrom(...files), async (argv, env, file) => {
        const found = early(argv, env, file);
        if (!found?.opening) return;
        const { wanted, opening } = found;
        seen.shown++;
        if (env.DKRON_SERVER_ZONE === 'Nowhere') {
          expect(wanted.asks).toBe(false);
          return;
        }
        const target = opened(argv, env, file);
        const { url, place, headers, line } = routeOf(target, { env, warn: () => {} });
        expect(opening.of.context).toBe(target.context);
        if (target.context === null) expect(opening.of.url).toBe(url);
        expect(opening.readOnly).toBe(target.readOnly);
        if (!wanted.asks || opening.asks === null) return;
        seen.asked++;
        expect(target.portForward).toBeNull();
        const { origin, base } = await place();
        expect(opening.asks).toBe(origin + base);
        expect(origin).toMatch(/^http:/);
        expect(await headers()).toEqual({});
        expect((await line?.(origin))?.proxy).toBeNull();
      }),
      { numRuns: 2_000 },
    );
    expect(seen.shown).toBeGreaterThan(200);
    expect(seen.asked).toBeGreaterThan(50);
  });

  it.each<[argv: string[], env: Record<string, string>, asks: string | null]>([
    [[], {}, 'http://plain:8080/base'],
    [['--context', 'plain'], {}, 'http://plain:8080/base'],
    [[], { DKRON_CONTEXT: 'quiet' }, 'http://quiet'],
    [['--theme', 'dark', '--refresh=3'], { DKRON_URL: 'a:1' }, 'http://a:1'],
    [['--context', 'tls'], {}, null],
    [['--context', 'forward'], {}, null],
    [['--context', 'bearer'], {}, null],
  ])('with %j and %j is known, and asked at %s', (argv, env, asks) => {
    const found = early(argv, env, config(`current: plain${contexts}`));
    expect(found?.opening).toMatchObject({ asks });
  });

  it('is this machine where there is no file, and nothing where there is one that is not known', () => {
    expect(early([], {}, noConfig)?.opening).toMatchObject({ asks: 'http://localhost:8080' });
    expect(openingOf(plainConsole([], {})!, null)).toBeNull();
    expect(openingOf(plainConsole(['--context', 'plain'], {})!, null)).toBeNull();
    expect(openingOf(plainConsole(['--url', ':1'], {})!, null)).toMatchObject({
      asks: 'http://localhost:1',
    });
  });

  it('has another mark where the context leads elsewhere or looks like another', () => {
    const variants = [
      'url: "http://a"',
      'url: "http://b"',
      'url: "http://a", label: PROD',
      'url: "http://a", color: red',
      'url: "http://a", protected: true',
      'url: "http://a", headers: { X-Tenant: { value: blue } }',
      'url: "http://a", headers: { X-Tenant: { value: green } }',
      'port-forward: { namespace: a, resource: svc/b, port: 8080 }',
      'port-forward: { namespace: a, resource: svc/b, port: 8080, kube-context: eu }',
    ];
    const marks = variants.map(
      (variant) => knownIn(config(`contexts: { x: { ${variant} } }`), {})?.contexts[0]?.mark,
    );
    expect(new Set(marks).size).toBe(variants.length);
    expect(marks.join()).toMatch(/^([0-9a-f]{16},?)+$/);
  });

  it('is kept without a word of what lets in there', () => {
    const all = JSON.stringify(knownIn(config(contexts), {}));
    expect(all).not.toMatch(/X-Tenant|blue|"P"/);
  });
});

/** What keeps the bundle from loading before it is used; each is here because `npm run bench` shows it. */
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import * as yaml from 'yaml';

/**
 * Requires Node's own modules where they are first used. An ESM import reads all that a module
 * exports when the program starts, and reading what node:http exports loads Node's whole fetch.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z\d_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== 'require-call'
        ? { path, namespace: 'builtin', sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, async ({ path }) => ({
      contents: moduleOf(path, Object.entries(await import(path))),
    }));
  },
};

/** What is not used of it is left out, and nothing is copied. */
function moduleOf(path: string, exported: readonly [string, unknown][]): string {
  const load = `require(${JSON.stringify(path)})`;
  const names = exported.filter(([name]) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default');
  if (onFirstCall.has(path.replace(/^node:/, '')))
    return [
      // Node looks for what it has long loaded at every call of its require.
      `let all;\nconst load = () => (all ??= ${load});`,
      ...names.map(([name, value]) => lateExport(name, value)),
      `export default { ${names.map(([name]) => name).join(', ')} };`,
    ].join('\n');
  return [
    `const all = /* @__PURE__ */ ${load};`,
    'export default all;',
    ...names.map(
      ([name]) =>
        `const $${name} = /* @__PURE__ */ (() => all.${name})();\nexport { $${name} as ${name} };`,
    ),
  ].join('\n');
}

/** What may be called or constructed, or an object of which something is read, as it is asked for. */
const lateExport = (name: string, value: unknown): string =>
  typeof value === 'function'
    ? `export function ${name}(...args) {
         return new.target ? new (load().${name})(...args) : load().${name}(...args);
       }`
    : `export const ${name} = /* @__PURE__ */ new Proxy({}, { get: (_, key) => load().${name}[key] });`;

/** Take a while to load, and nothing but what they do is used, and that late. */
const onFirstCall: ReadonlySet<string> = new Set([
  'child_process',
  'crypto',
  'dns/promises',
  'http',
  'https',
  'tls',
  'v8',
  'zlib',
]);

/** Libraries of a size that are used late or never, by a function that answers at once: no `import()` can. */
const onDemand: Readonly<Record<string, string>> = {
  // Sizeable tables of Unicode.
  re2js: "export const RE2JS = { compile: (pattern) => require('re2js').RE2JS.compile(pattern) };",
  cronstrue: `
    export default { toString: (...args) => require('cronstrue').default.toString(...args) };`,
  // Its modules read files that somebody wrote; what is used of it can be called.
  yaml: `
    const late = (name) => new Proxy(function () {}, {
      apply: (_, __, args) => require('yaml')[name](...args),
      construct: (_, args) => new (require('yaml')[name])(...args),
      get: (_, key) => require('yaml')[name][key],
    });
    ${Object.entries(yaml)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => `export const ${name} = /* @__PURE__ */ late('${name}');`)
      .join('\n')}`,
};

/** Evaluates those when something of them is first called. */
export const lazyLibraries: Plugin = {
  name: 'lazy-libraries',
  setup(build) {
    build.onResolve({ filter: /^\w+$/ }, ({ path, kind }) =>
      kind !== 'require-call' && path in onDemand ? { path, namespace: 'on-demand' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => ({
      contents: onDemand[path]!,
      resolveDir: '.',
    }));
  },
};

const requireAssert = "const assert = require('node:assert')";
const requireH2 = "const connectH2 = require('./client-h2.js')";
const loadParser = 'function lazyllhttp () {';

/**
 * Its parser of HTTP is WebAssembly. Once it is hot V8 optimises it, whose compiler takes 12 MB for that and
 * never gives them back; it parses no quicker: nearly all that passes it are bodies. How much a function may
 * run before that is decided when its module is made; afterwards V8 has its own flags again, by which code
 * is kept from one start to the next (bin/compiled.js).
 */
export const tiering = {
  never: '--wasm-tiering-budget=2000000000',
  usual: '--wasm-tiering-budget=13000000',
};
const loadParserCold = `
function lazyllhttp () {
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('${tiering.never}');
  try {
    return coldllhttp();
  } finally {
    setFlagsFromString('${tiering.usual}');
  }
}
function coldllhttp () {`;

/** undici without HTTP/2, unless a server speaks it, and without Node's assert, unless one fails. */
export const leanUndici: Plugin = {
  name: 'lean-undici',
  setup(build) {
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (/\bassert\.\w/.test(source)) throw new Error(`${path} has changed: more of assert`);
      if (/dispatcher[\\/]client\.js$/.test(path) && !source.includes(requireH2))
        throw new Error(`${path} has changed: no ${requireH2}`);
      if (/dispatcher[\\/]client-h1\.js$/.test(path) && !source.includes(loadParser))
        throw new Error(`${path} has changed: no ${loadParser}`);
      return {
        contents: source
          .replace(loadParser, loadParserCold)
          .replace(
            requireAssert,
            `const assert = (ok, why) => ok || require('node:assert')(ok, why)`,
          )
          .replace(requireH2, `const connectH2 = (...args) => require('./client-h2.js')(...args)`),
      };
    });
  },
};

/** zod without its messages in fifty languages, of which nothing is said here: shapes have our own words. */
export const zodInEnglish: Plugin = {
  name: 'zod-in-english',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export {};',
    }));
  },
};

const small = { suffix: '?small', pluginData: 'of the small zod' } as const;

/**
 * zod's small face with a core of its own: of one that it shares with the large face every start would read what
 * only the config file needs, which is ten times as much.
 */
export const smallZod: Plugin = {
  name: 'small-zod',
  setup(build) {
    build.onResolve({ filter: /^zod\/mini$|^\.\.?\// }, async ({ path, pluginData, ...from }) => {
      const isAsked = pluginData === 'asked';
      if (isAsked || (path !== 'zod/mini' && pluginData !== small.pluginData)) return undefined;
      const { kind, importer, resolveDir } = from;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'asked' });
      return { path: found.path, sideEffects: found.sideEffects, errors: found.errors, ...small };
    });
    build.onLoad({ filter: /[\\/]zod[\\/]/ }, async ({ path, suffix }) =>
      suffix === small.suffix
        ? {
            contents: await readFile(path),
            resolveDir: dirname(path),
            pluginData: small.pluginData,
          }
        : undefined,
    );
  },
};

/** A shape of ours: a constant of a module, as the formatter leaves it. */
const shape =
  /^((?:export )?const \w+(?:: [^=\n]+)? = )(z\.(?:[^\n]*|[^\n]*\n[\s\S]*?\n[)}\]][^\n]*));$/gm;
const shapeBegins = /^(?:export )?const \w+(?:: [^=\n]+)? = z\./gm;

/** Makes a shape when something of it is first asked for, and is it then. */
const lazyShape = `
export function lazyShape(make) {
  let made;
  return new Proxy({}, { get: (_, key) => (made ??= make())[key] });
}`;

/** All at once they took 12 of the 43 ms that the modules of a console's first rows took. */
export const lazyShapes: Plugin = {
  name: 'lazy-shapes',
  setup(build) {
    build.onResolve({ filter: /^lazy-shape$/ }, ({ path }) => ({ path, namespace: path }));
    build.onLoad({ filter: /.*/, namespace: 'lazy-shape' }, () => ({ contents: lazyShape }));
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes("from 'zod/mini'")) return undefined;
      return { contents: withLazyShapes(source, path), loader: 'ts' };
    });
  },
};

/** One of our modules, with each of its shapes made on first use. */
export function withLazyShapes(source: string, path: string): string {
  let made = 0;
  const contents = source.replace(shape, (_, begins: string, value: string) => {
    if (!value.endsWith(')')) throw new Error(`${path}: no shape, but something of one: ${begins}`);
    made++;
    return `${begins}/* @__PURE__ */ lazyShape(() => ${value});`;
  });
  if (made !== (source.match(shapeBegins) ?? []).length)
    throw new Error(`${path}: a shape whose end is not found`);
  return made === 0 ? source : `import { lazyShape } from 'lazy-shape';\n${contents}`;
}

const segmenter = /^const (\w+) = new Intl\.Segmenter\((.*)\);$/m;

/** ICU takes 8 ms for the first of these: it is made for the first text that is not ASCII. */
export const lazySegmenters: Plugin = {
  name: 'lazy-segmenters',
  setup(build) {
    build.onLoad(
      {
        filter:
          /[\\/](slice-ansi[\\/]tokenize-ansi|wrap-ansi[\\/]index|ink[\\/]build[\\/]line-update)\.js$/,
      },
      async ({ path }) => ({ contents: withLazySegmenter(await readFile(path, 'utf8'), path) }),
    );
  },
};

/** A library's source, with its one segmenter made on first use. */
export function withLazySegmenter(source: string, path: string): string {
  if (!segmenter.test(source)) throw new Error(`${path} has changed: no segmenter`);
  return source.replace(
    segmenter,
    'let made; const $1 = { segment: (text) => (made ??= new Intl.Segmenter($2)).segment(text) };',
  );
}

/** What makes the bundle start and paint sooner; each is here because `npm run bench` shows it. */
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Requires Node's own modules where they are first used. An ESM import reads all that a module
 * exports when the program starts, and reading what node:http exports loads Node's whole fetch.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== 'require-call' ? { path, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/**
 * Evaluates re2js, sizeable tables of Unicode, when a regular expression is first asked about:
 * a function that answers at once cannot wait for an `import()`.
 */
export const lazyRegexps: Plugin = {
  name: 'lazy-regexps',
  setup(build) {
    build.onResolve({ filter: /^re2js$/ }, ({ path, kind }) =>
      kind === 'require-call' ? undefined : { path, namespace: 'on-demand' },
    );
    build.onLoad({ filter: /.*/, namespace: 'on-demand' }, () => ({
      contents:
        "export const RE2JS = { compile: (pattern) => require('re2js').RE2JS.compile(pattern) };",
      resolveDir: '.',
    }));
  },
};

/** Reading this pattern takes V8 20 ms: only what may be an emoji is worth it. */
const emojiPattern = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
const emojiPatternOnDemand = `
let whole;
const maybe = /[\\p{Emoji_Presentation}\\u{fe0f}]/u;
const rgiEmojiRegex = {
  test: (text) => maybe.test(text) && (whole ??= /^\\p{RGI_Emoji}$/v).test(text),
};`;

/** Ink measures the same texts in every frame. */
const measure = 'export default function stringWidth(';
const measureOnce = `
const widths = new Map();
export default function measured(text, options) {
  if (options !== undefined || typeof text !== 'string') return stringWidth(text, options);
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size === 20_000) widths.clear();
  const width = stringWidth(text);
  widths.set(text, width);
  return width;
}
function stringWidth(`;

/** string-width, Ink's and ours, remembers what it has measured. */
export const quickWidths: Plugin = {
  name: 'quick-widths',
  setup(build) {
    build.onLoad({ filter: /string-width[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      for (const part of [emojiPattern, measure])
        if (!source.includes(part)) throw new Error(`${path} has changed: no ${part}`);
      return {
        contents: source
          .replace(emojiPattern, () => emojiPatternOnDemand)
          .replace(measure, () => measureOnce),
      };
    });
  },
};

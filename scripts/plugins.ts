/** What makes the bundle paint sooner; each is here because `npm run bench` shows it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withLazySegmenter } from './lean.ts';

/** Reading this pattern takes V8 20 ms: only what may be an emoji is worth it. */
const emojiPattern = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
const emojiPatternOnDemand = `
let whole;
const maybe = /[\\p{Emoji_Presentation}\\u{fe0f}]/u;
const rgiEmojiRegex = {
  test: (text) => maybe.test(text) && (whole ??= /^\\p{RGI_Emoji}$/v).test(text),
};`;

/** Each needs tables of Unicode to be read: where it is used, not in every start. */
const patterns = ['visibleCharacterRegex', 'spacingMarkRegex', 'extendedPictographicRegex'];

/** A library's source, with a pattern of its module read on first use. */
function withPatternOnUse(source: string, name: string, path: string): string {
  if (!source.includes(`const ${name} = /`)) throw new Error(`${path} has changed: no ${name}`);
  return source
    .replaceAll(new RegExp(`\\b${name}\\b(?! =)`, 'g'), `${name}()`)
    .replace(`const ${name} = /`, `const ${name} = () => /`);
}

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
        contents: patterns
          .reduce(
            (text, name) => withPatternOnUse(text, name, path),
            withLazySegmenter(source, path),
          )
          .replace(emojiPattern, () => emojiPatternOnDemand)
          .replace(measure, () => measureOnce),
      };
    });
  },
};

/**
 * Of Ink only what has the terminal: life cycle, alternate screen, hand-over. Frames are painted by
 * src/ui/painter.ts, so that nothing is laid out, and no grid of cells is made, for each of them.
 */
export const inkWithoutPaint: Plugin = {
  name: 'ink-without-paint',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]ink[\\/]build[\\/](ink|renderer|log-update|reconciler)\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const name = /([\w-]+)\.js$/.exec(path)![1]!;
        const hash = createHash('sha256').update(source).digest('hex');
        if (hash !== inkFiles[name])
          throw new Error(
            `${path} has changed, and a part of it is replaced here. Read what is new in it, see that ` +
              'test/ui and test/e2e/leaving hold, then put its hash into inkFiles in ' +
              `scripts/plugins.ts: ${hash}`,
          );
        return name in inPlace ? { contents: inPlace[name]!(source) } : undefined;
      },
    );
    build.onLoad({ filter: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, () => ({
      contents: noLayout,
    }));
  },
};

/** What is relied upon: each was read, and what takes its place was tried. */
const inkFiles: Readonly<Record<string, string>> = {
  ink: '54975ccb060dbc0f155990fe210a62eb00fa648cc89e60e68cb271395feb456a',
  renderer: '05edd82d839770ff3dbc236f0d4f9d2bdeeefffe76d168aee676a4c504f1a584',
  reconciler: '497b58b448d6cf4342c1808c38fb03588f04e1263db54befb9d96287f364d325',
  'log-update': '0336ec176d00780756df0c2b6c365cd2f67118e28d0f9b5383e113fd9f70f285',
};

const inPlace: Readonly<Record<string, (source: string) => string>> = {
  renderer: () => "export default () => ({ output: '', outputHeight: 0, staticOutput: '' });",
  // The cursor shows to whom the terminal is handed over; the next frame places it anew.
  'log-update': () => `
    const nothing = () => {};
    const create = (stream) => Object.assign(() => false, {
      clear: nothing, reset: nothing, sync: nothing, setCursorPosition: nothing,
      done: () => { stream.write('\\x1b[?25h'); },
      isCursorDirty: () => false, willRender: () => false, getCursorPosition: nothing,
    });
    export default { create };`,
  // src/ui/show.ts has entered the alternate screen by then, and has painted it.
  ink: (source) =>
    ['ansiEscapes.enterAlternativeScreen', 'hideCursorEscape']
      .map((what) => `this.writeBestEffort(this.options.stdout, ${what});`)
      .reduce((text, write) => text.replace(write, ''), source),
  // What it would wait for is for developing Ink, and CommonJS cannot wait.
  reconciler: (source) =>
    ["await import('./devtools.js')", 'await loadPackageJson()', "await import('node:fs')"].reduce(
      (text, wait) => text.replace(wait, '{}'),
      source,
    ),
};

/** There is one node, the root, and nothing in it. */
const noLayout = `
  const node = new Proxy({}, { get: () => () => 0 });
  export default { Node: { create: () => node } };`;

/**
 * Bundles the program into the one file that is published: `dist/dkron-tui.js`, a CommonJS module in
 * its wrapper, which `bin/start.js` runs with the code that V8 made of it before.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inkWithoutPaint, lazyBuiltins, lazyRegexps, quickWidths } from './plugins.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const { outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  write: false,
  bundle: true,
  platform: 'node',
  // Node 22.19 has all of it. For a version of Node esbuild would build patterns at every use.
  target: 'es2024',
  format: 'cjs',
  // jsonc-parser's main is UMD, which no bundler can follow.
  mainFields: ['module', 'main'],
  // A profile of a bundle built with --readable has the names of the source.
  minify: !process.argv.includes('--readable'),
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"production"',
    // With DEV set in an operator's environment Ink would look for its tools for developers.
    'process.env.DEV': '"false"',
    __VERSION__: JSON.stringify(version),
  },
  plugins: [lazyBuiltins, lazyRegexps, quickWidths, inkWithoutPaint],
});

const code = `(function (exports, require, module) {${outputFiles[0]!.text}})`;
// The name of a build: V8 would take what it made of another one of the same length.
const name = createHash('sha256').update(code).digest('hex').slice(0, 12);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/dkron-tui.js', `/*${name}*/${code}`);

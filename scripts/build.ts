/** Bundles the program into the one file that is published: `dist/dkron-tui.js`. */
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inkWithoutPaint, lazyBuiltins, lazyRegexps, quickWidths } from './plugins.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/dkron-tui.js',
  bundle: true,
  platform: 'node',
  // Node 22.19 has all of it. For a version of Node esbuild would build patterns at every use.
  target: 'es2024',
  format: 'esm',
  // jsonc-parser's main is UMD, which no bundler can follow.
  mainFields: ['module', 'main'],
  // A profile of a bundle built with --readable has the names of the source.
  minify: !process.argv.includes('--readable'),
  legalComments: 'none',
  logLevel: 'warning',
  // CommonJS dependencies call require; an ESM bundle has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    // With DEV set in an operator's environment Ink would look for react-devtools.
    'process.env.DEV': '"false"',
    __VERSION__: JSON.stringify(version),
  },
  plugins: [lazyBuiltins, lazyRegexps, quickWidths, inkWithoutPaint],
  alias: { 'react-devtools-core': './scripts/nothing.js' },
});

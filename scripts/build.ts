/**
 * Bundles the program into one script, `dist/dkron-tui.cjs`, which `bin/start.js` runs with the code
 * that V8 made of it before. What is loaded together is one function in it, called when it is needed:
 * of the others V8 knows no more than where they end.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build, type OutputFile, transform } from 'esbuild';
import { lazyBuiltins, lazyLibraries, lazySegmenters, leanUndici } from './lean.ts';
import { inkWithoutPaint, quickWidths } from './plugins.ts';
import { writeTexts } from './texts.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const { outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
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
  define: {
    'process.env.NODE_ENV': '"production"',
    // With DEV set in an operator's environment Ink would look for its tools for developers.
    'process.env.DEV': '"false"',
    __VERSION__: JSON.stringify(version),
  },
  plugins: [lazyBuiltins, lazyLibraries, lazySegmenters, leanUndici, quickWidths, inkWithoutPaint],
});

/** A part as a method: what it imports are other parts and Node's own modules. */
async function methodOf({ path, text }: OutputFile): Promise<string> {
  const { code } = await transform(text, {
    format: 'cjs',
    target: 'es2024',
    minifyWhitespace: true,
    // Of a script Node would say that loading it so is an experiment.
    supported: { 'dynamic-import': false },
  });
  return `"./${basename(path)}"(exports, require, module) {${code}}`;
}

const parts = await Promise.all(outputFiles.map(methodOf));
const script = `(function (load) {
  const parts = {${parts.join(',\n')}};
  const made = {};
  const require = (name) => {
    if (!(name in parts)) return load(name);
    if (!(name in made)) parts[name]((made[name] = { exports: {} }).exports, require, made[name]);
    return made[name].exports;
  };
  return require('./main.js');
})`;
// The name of a build: V8 would take what it made of another one of the same length.
const name = createHash('sha256').update(script).digest('hex').slice(0, 12);
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
writeFileSync('dist/dkron-tui.cjs', `/*${name}*/${script}`);
await writeTexts('dist/texts', version);

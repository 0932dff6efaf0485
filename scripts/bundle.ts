/** The program in parts: what is always loaded together is one of them; and what is loaded before it. */
import { basename } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazyBuiltins, lazyLibraries, lazySegmenters, leanUndici, zodInEnglish } from './lean.ts';
import { inkWithoutPaint, quickWidths } from './plugins.ts';

const optionsOf = (version: string, minify: boolean) =>
  ({
    bundle: true,
    platform: 'node',
    // Node 22.19 has all of it. For a version of Node esbuild would build patterns at every use.
    target: 'es2024',
    // jsonc-parser's main is UMD, which no bundler can follow.
    mainFields: ['module', 'main'],
    minify,
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      // With DEV set in an operator's environment Ink would look for its tools for developers.
      'process.env.DEV': '"false"',
      __VERSION__: JSON.stringify(version),
    },
    plugins: [
      lazyBuiltins,
      lazyLibraries,
      lazySegmenters,
      leanUndici,
      zodInEnglish,
      quickWidths,
      inkWithoutPaint,
    ],
  }) satisfies BuildOptions;

/** esbuild's files, which are not written, and what is in them. */
export const bundle = (version: string, minify: boolean) =>
  build({
    ...optionsOf(version, minify),
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
  });

/** What a console loads when its first rows are shown (src/ui/show.ts). */
const whenShown = 'src/ui/open.tsx';

/** The files of all parts but those that only that needs. */
export function neededToStart({ outputs }: Metafile): ReadonlySet<string> {
  const needed = new Set<string>();
  const add = (path: string): void => {
    const part = outputs[path];
    if (part === undefined || needed.has(basename(path)) || part.entryPoint === whenShown) return;
    needed.add(basename(path));
    for (const { path: other } of part.imports) add(other);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint === 'src/main.ts') add(path);
  return needed;
}

/** What is done before the program is read; a few kB, written. */
export const bundleFirst = (version: string, minify: boolean) =>
  build({
    ...optionsOf(version, minify),
    entryPoints: ['src/first.ts'],
    outfile: 'dist/first.cjs',
    format: 'cjs',
  });

/** The program in parts: what is always loaded together is one of them; and what is loaded before it. */
import { basename } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import {
  lazyBuiltins,
  lazyLibraries,
  lazySegmenters,
  lazyShapes,
  leanUndici,
  smallZod,
  zodInEnglish,
} from './lean.ts';
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
      lazyShapes,
      leanUndici,
      zodInEnglish,
      smallZod,
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

/** The scripts of the bundle: a start reads of it what it needs. */
export type ScriptName = 'dkron-tui' | 'screen' | 'ink' | 'others';

/** What the parts of each script are needed by; a part is in the first of these that needs it. */
const neededBy: Readonly<Record<Exclude<ScriptName, 'others'>, readonly string[]>> = {
  // Every start, and the commonest commands, which hardly need more. A script read more costs each start 2 ms.
  'dkron-tui': [
    'src/main.ts',
    'src/cli/commands.ts',
    'src/cli/jobs.ts',
    'src/cli/job.ts',
    'src/cli/backup.ts',
    'src/dkron/lean/pool.ts',
  ],
  // The first rows of a console.
  screen: ['src/cli/console.ts', 'src/ui/show.ts'],
  // What is loaded when they are shown (src/ui/show.ts).
  ink: ['src/ui/open.tsx'],
};

/** The script that each part is in, by the name of its file. */
export function scriptsOf({ outputs }: Metafile): ReadonlyMap<string, ScriptName> {
  const scripts = new Map<string, ScriptName>();
  const add = (path: string, script: ScriptName): void => {
    const part = outputs[path];
    if (part === undefined || scripts.has(basename(path))) return;
    scripts.set(basename(path), script);
    for (const { path: other, kind } of part.imports)
      if (kind === 'import-statement') add(other, script);
  };
  const parts = Object.entries(outputs);
  for (const [script, entries] of Object.entries(neededBy))
    for (const [path, { entryPoint = '' }] of parts)
      if (entries.includes(entryPoint)) add(path, script as ScriptName);
  for (const [path] of parts) add(path, 'others');
  return scripts;
}

/** What is done before the program is read, as the body of a function of `require` and `module`; a few kB. */
export async function bundleFirst(version: string, minify: boolean): Promise<string> {
  const { outputFiles } = await build({
    ...optionsOf(version, minify),
    entryPoints: ['src/first.ts'],
    write: false,
    format: 'cjs',
  });
  return outputFiles[0]!.text;
}

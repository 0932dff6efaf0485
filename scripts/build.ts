/**
 * Bundles the program into a script, `dist/dkron-tui.cjs`, which `bin/start.js` runs with the code that V8
 * made of it before, and one of what a console needs when its rows are shown already: no start waits until
 * the code of that is read. What is loaded together is one function in it, called when it is needed:
 * of the others V8 knows no more than where they end.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type OutputFile, transform } from 'esbuild';
import { bundle, bundleFirst, neededToStart } from './bundle.ts';
import { writeTexts } from './texts.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

// A profile of a bundle built with --readable has the names of the source.
const minify = !process.argv.includes('--readable');
const { outputFiles, metafile } = await bundle(version, minify);

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

const first = neededToStart(metafile);
const isFirst = ({ path }: OutputFile): boolean => first.has(basename(path));
const methodsOf = async (files: readonly OutputFile[]): Promise<string> =>
  `{${(await Promise.all(files.map(methodOf))).join(',\n')}}`;

const start = `(function (load, more) {
  const parts = ${await methodsOf(outputFiles.filter(isFirst))};
  const made = {};
  const require = (name) => {
    if (!(name in parts)) {
      if (!name.startsWith('./')) return load(name);
      Object.assign(parts, more());
    }
    if (!(name in made)) parts[name]((made[name] = { exports: {} }).exports, require, made[name]);
    return made[name].exports;
  };
  return require('./main.js');
})`;
const later = `(${await methodsOf(outputFiles.filter((file) => !isFirst(file)))})`;

/** esbuild writes texts so, and leaves patterns as they are, where it means the same. */
const inAscii = (script: string): string =>
  script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const scripts = { 'dkron-tui.cjs': inAscii(start), 'later.cjs': inAscii(later) };
// The name of a build: V8 would take what it made of another one of the same length.
const name = createHash('sha256')
  .update(Object.values(scripts).join('\n'))
  .digest('hex')
  .slice(0, 12);
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
for (const [file, script] of Object.entries(scripts))
  writeFileSync(`dist/${file}`, `/*${name}*/${script}`);
await bundleFirst(version, minify);
await writeTexts('dist/texts', version);

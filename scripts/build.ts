/**
 * Bundles the program into scripts, of which `bin/start.js` runs `dist/dkron-tui.cjs`, and the others when
 * something in them is needed, with the code that V8 made of them before: what a start does not need it does
 * not read. What is loaded together is one function in them, called when it is needed: of the others V8 knows
 * no more than where they end.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type OutputFile, transform } from 'esbuild';
import { asScript } from './as-script.ts';
import { bundle, bundleFirst, type ScriptName, scriptsOf } from './bundle.ts';
import { writeTexts } from './texts.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

// A profile of a bundle built with --readable has the names of the source.
const minify = !process.argv.includes('--readable');
const { outputFiles, metafile } = await bundle(version, minify);

/** A part as a method: what it imports are other parts and Node's own modules. */
async function methodOf({ path, text }: OutputFile): Promise<string> {
  const { code } = await transform(asScript(text), {
    format: 'cjs',
    target: 'es2024',
    minifyWhitespace: true,
  });
  return `"./${basename(path)}"(exports, require) {"use strict";${code}}`;
}

const scriptOf = scriptsOf(metafile);
const methodsOf = async (script: ScriptName): Promise<string> => {
  const files = outputFiles.filter(({ path }) => scriptOf.get(basename(path)) === script);
  return `{${(await Promise.all(files.map(methodOf))).join(',\n')}}`;
};
const elsewhere = [...scriptOf]
  .filter(([, script]) => script !== 'dkron-tui')
  .map(([part, script]) => [`./${part}`, script]);

const start = `(function (load, more) {
  const parts = ${await methodsOf('dkron-tui')};
  const elsewhere = ${JSON.stringify(Object.fromEntries(elsewhere))};
  const made = {};
  const require = (name) => {
    if (!(name in parts)) {
      if (!(name in elsewhere)) return load(name);
      Object.assign(parts, more(elsewhere[name]));
    }
    if (!(name in made)) parts[name]((made[name] = {}), require);
    return made[name];
  };
  return require('./main.js');
})`;
const more = async (script: ScriptName): Promise<string> => `(${await methodsOf(script)})`;
const first = `(function (require, module) {${await bundleFirst(version, minify)}})`;

/** esbuild writes texts so, and leaves patterns as they are, where it means the same. */
const inAscii = (script: string): string =>
  script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const scripts: Readonly<Record<ScriptName | 'first', string>> = {
  first: inAscii(first),
  'dkron-tui': inAscii(start),
  screen: inAscii(await more('screen')),
  ink: inAscii(await more('ink')),
  others: inAscii(await more('others')),
};
// The name of a build: V8 would take what it made of another one of the same length.
const name = createHash('sha256')
  .update(Object.values(scripts).join('\n'))
  .digest('hex')
  .slice(0, 12);
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
for (const [file, script] of Object.entries(scripts))
  writeFileSync(`dist/${file}.cjs`, `/*${name}*/${script}`);
await writeTexts('dist/texts', version);

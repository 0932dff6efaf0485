/**
 * Plants small faults, one at a time, and looks whether the unit tests that have to do with the file
 * notice: `npm run mutants -- src/console src/job --each 3 --seed 1`. Writes what came of it into
 * docs/mutants.md. A file is mutated where it stands, and put back; none with changes of yours is.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

/** What stands there, and what is put in its place. */
const faults: readonly (readonly [RegExp, string])[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ \+ (?=\d)/g, ' - '],
  [/ - (?=\d)/g, ' + '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/ \?\? /g, ' && '],
  [/(?<=\bif \()(?=[\w.]+\))/g, '!'],
  [/(?<=\w)\?\.(?=\w)/g, '!.'],
];

/** What runs of a file: a fault in a type, a comment or the layout is none. */
const running = (source: string, file: string): string | null => {
  try {
    const loader = file.endsWith('x') ? 'tsx' : 'ts';
    return transformSync(source, { loader, minifyWhitespace: true }).code;
  } catch {
    return null;
  }
};

const inString = (line: string): boolean => (line.match(/['"`]/g)?.length ?? 0) % 2 === 1;

function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(file, 'utf8');
  const plain = running(source, file);
  return faults.flatMap(([pattern, put]) =>
    [...source.matchAll(pattern)].flatMap(({ index, 0: found }) => {
      const start = source.lastIndexOf('\n', index - 1) + 1;
      const end = source.indexOf('\n', index);
      const text = source.slice(0, index) + put + source.slice(index + found.length);
      const runs = running(text, file);
      if (inString(source.slice(start, index)) || runs === null || runs === plain) return [];
      return {
        file,
        line: source.slice(0, index).split('\n').length,
        before: source.slice(start, end).trim(),
        after: text.slice(start, end + put.length - found.length).trim(),
        text,
      };
    }),
  );
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sample<T>(all: readonly T[], count: number, random: () => number): T[] {
  const left = [...all];
  return Array.from(
    { length: Math.min(count, all.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  );
}

/** Whether the tests that have to do with these files pass. What never ends does not. */
async function passes(files: readonly string[]): Promise<boolean> {
  const options = ['--run', '--project', 'unit', '--bail', '1', '--passWithNoTests'];
  const tests = spawn('npx', ['vitest', 'related', ...options, ...files], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  const [status] = await once(tests, 'exit');
  return status === 0;
}

async function isKilled({ file, text }: Mutant): Promise<boolean> {
  const source = readFileSync(file, 'utf8');
  const putBack = (): void => writeFileSync(file, source);
  const leave = (): void => {
    putBack();
    process.exit(130);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  writeFileSync(file, text);
  try {
    return !(await passes([file]));
  } finally {
    putBack();
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '1000' },
  },
});
const named = positionals.length === 0 ? ['src/console'] : positionals;
const files = named
  .flatMap((path) => (statSync(path).isFile() ? [path] : globSync(`${path}/**/*.{ts,tsx}`)))
  .sort();
const changed = execFileSync('git', ['status', '--porcelain', '--', ...files], {
  encoding: 'utf8',
});
if (changed !== '') throw new Error(`commit these first: they are written over\n${changed}`);
if (!(await passes(files))) throw new Error('the tests fail as it is');

const random = randomOf(Number(values.seed));
const drawn = files.flatMap((file) => sample(mutantsOf(file), Number(values.each), random));
const chosen = sample(drawn, Number(values.most), random);
const survivors: Mutant[] = [];
const folders = new Map<string, { killed: number; total: number }>();
for (const [at, mutant] of chosen.entries()) {
  const { file, line, before, after } = mutant;
  const killed = await isKilled(mutant);
  if (!killed) survivors.push(mutant);
  const folder = folders.get(dirname(file)) ?? { killed: 0, total: 0 };
  folders.set(dirname(file), {
    killed: folder.killed + (killed ? 1 : 0),
    total: folder.total + 1,
  });
  console.log(`${killed ? 'noticed' : 'NOT NOTICED'} ${file}:${line}  ${before}  →  ${after}`);
  // After each: a run that is stopped has its page, too.
  writeFileSync('docs/mutants.md', page(at + 1));
}

function page(done: number): string {
  const rows = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
  const code = (text: string): string => `\`\` ${text} \`\``;
  const { each, seed, most } = values;
  const asked = [...named, '--each', each, '--seed', seed, '--most', most].join(' ');
  const where = files.length === 1 ? '1 file' : `${files.length} files`;
  return [
    '# Mutants',
    '',
    'Small faults, planted one at a time, and whether the unit tests noticed. `npm run mutants` writes this page.',
    '',
    `The last run: \`npm run mutants -- ${asked}\`. Of ${drawn.length} faults drawn from ${where}, ${done} were planted, chosen at random: **${done - survivors.length} of ${done} were noticed**.`,
    '',
    '| folder | noticed | planted |',
    '| --- | --- | --- |',
    ...rows.map(([folder, { killed, total }]) => `| \`${folder}\` | ${killed} | ${total} |`),
    '',
    ...survivors.map(
      ({ file, line, before, after }) =>
        `- not noticed: \`${file}:${line}\` ${code(before)} → ${code(after)}`,
    ),
    '',
  ].join('\n');
}

/**
 * Plants small faults, one at a time, and looks whether the unit tests notice:
 * `npm run mutants -- src/console src/job --each 3 --seed 1 --most 100 --jobs 2`. What came of it goes
 * to docs/mutants.md, or where `--page` says. No file is changed for it: the sources are loaded once
 * with all the faults in them, each behind a switch, and the tests that come by a fault run with its
 * switch on.
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Random } from '../src/demo/random.ts';
import { type Fault, faultsIn, withFault, withSwitches } from './mutants/faults.ts';
import { page, type Told } from './mutants/page.ts';
import { Asked, type Cover, coversOf } from './mutants/tests.ts';
import { refused } from './mutants/types.ts';

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomOf(seed: number): () => number {
  const random = new Random(String(seed));
  return () => random.next();
}

interface Mutant {
  readonly file: string;
  readonly fault: Fault;
}

function sample<T>(all: readonly T[], count: number, random: () => number): T[] {
  const left = [...all];
  return Array.from(
    { length: Math.min(count, all.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '1000' },
    jobs: { type: 'string', default: '1' },
    page: { type: 'string', default: 'docs/mutants.md' },
  },
});
const { each, seed, most, jobs } = values;
const named = positionals.length === 0 ? ['src/console'] : positionals;
const files = named
  .flatMap((path) => (statSync(path).isFile() ? [path] : globSync(`${path}/**/*.{ts,tsx}`)))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const random = randomOf(Number(seed));
const drawn = [...sources].flatMap(([file, source]) =>
  sample(faultsIn(source, file), Number(each), random).map((fault): Mutant => ({ file, fault })),
);
const chosen = sample(drawn, Number(most), random);
const none = refused(
  chosen.map(({ file, fault }) => ({ file, text: withFault(sources.get(file)!, fault) })),
);
// The first is 1: 0 stands for no fault.
const mutants = new Map(
  chosen.filter((_, at) => !none.has(at)).map((mutant, at) => [at + 1, mutant]),
);
const switched = new Map(
  [...Map.groupBy(mutants, ([, { file }]) => file)].map(([file, of]) => [
    resolve(file),
    withSwitches(
      sources.get(file)!,
      of.map(([number, { fault }]) => [number, fault]),
    ),
  ]),
);
console.log(
  `${mutants.size} faults of ${drawn.length} in ${files.length} files; ${none.size} that do not compile are left out`,
);

const { covers, failing } = await coversOf(switched, Number(jobs));
for (const name of failing) console.log(`fails as it is, and is left out: ${name}`);

/** The file's own tests first, then the quickest. */
function inOrder(file: string, found: readonly Cover[]): Cover[] {
  const own = resolve(file.replace(/^src/, 'test').replace(/(?=\.tsx?$)/, '.test'));
  const rank = ({ file, ms }: Cover): number => (file === own ? -1 : ms);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

const told = new Map<number, Told>();
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
});
const left = mutants.entries();
async function work(): Promise<void> {
  const asked = new Asked(switched);
  for (const [number, { file, fault }] of left) {
    if (stopped) break;
    const found = inOrder(file, covers.get(number) ?? []);
    const noticed = found.length > 0 && (await asked.notices(number, found));
    const source = sources.get(file)!;
    const start = source.lastIndexOf('\n', fault.start) + 1;
    const line = (text: string): string => text.slice(start).split('\n', 1)[0]!.trim();
    const [before, after] = [line(source), line(withFault(source, fault))];
    told.set(number, { at: `${file}:${fault.line}`, before, after, noticed });
    console.log(
      `${noticed ? 'noticed' : 'NOT NOTICED'} ${file}:${fault.line}  ${before}  →  ${after}`,
    );
  }
  await asked.close();
}
await Promise.all(Array.from({ length: Number(jobs) }, work));

const git = (...of: string[]): string => execFileSync('git', of, { encoding: 'utf8' }).trim();
const asked = [...named, '--each', each, '--seed', seed, '--most', most].join(' ');
writeFileSync(
  values.page,
  page(
    [...told].sort(([a], [b]) => a - b).map(([, one]) => one),
    { asked, commit: git('rev-parse', '--short', 'HEAD'), day: git('log', '-1', '--format=%cs') },
  ),
);

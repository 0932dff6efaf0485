/**
 * Measures side by side, in one run on one machine, and prints a table with what is aimed at:
 * `npm run bench`. Words choose what is measured: `npm run bench -- backup`. `--quick` leaves the
 * 100 000 jobs out, `--long` watches for ten minutes where it is one else. `--against DIR` measures the
 * built program of another checkout too, in turn. The result of all of it is kept in bench/results/.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bench, contestantsOf } from './bench.ts';
import { serverWith } from './kept.ts';
import { describeMachine } from './machine.ts';
import { alone, onLists } from './parts.ts';
import { isLoud, quietWords, watchOthers } from './quiet.ts';
import { asTable, isMet, type Report, type Row } from './report.ts';
import { serverName } from './server.ts';

const { values: options, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    against: { type: 'string' },
  },
});
const here = fileURLToPath(new URL('..', import.meta.url));
const results = join(here, 'bench', 'results');
const { quick, long, against } = options;
const sizes = [100, 1_000, 10_000, 100_000].filter((jobs) => !quick || jobs < 100_000);

const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-bench-'));
// Snapshots, drafts and journals of the bench are not the operator's, nor are settings and caches.
for (const name of Object.keys(process.env))
  if (/^(XDG_|DKRON|NODE_)/.test(name)) delete process.env[name];
process.env['HOME'] = folder;

// Servers that were started end with this process, if it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const bench: Bench = {
  contestants: contestantsOf(folder, here, against),
  folder,
  quick,
  long,
};
const known = [...Object.keys(onLists), ...Object.keys(alone)];
const unknown = chosen.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(', ')}; there is ${known.join(', ')}\n`);
  process.exit(2);
}
const isChosen = (what: string): boolean => chosen.length === 0 || chosen.includes(what);

const rows: Row[] = [];
const loud: string[] = [];
async function measure(what: string, work: () => Promise<Row[]>): Promise<void> {
  process.stderr.write(`${what} …\n`);
  const others = watchOthers();
  rows.push(...(await work()));
  if (isLoud(others())) loud.push(what);
}

const quiet = watchOthers();
try {
  for (const jobs of sizes) {
    const wanted = Object.entries(onLists).filter(
      ([what, { on }]) => isChosen(what) && on.includes(jobs),
    );
    if (wanted.length === 0) continue;
    const server = await serverWith(jobs);
    try {
      for (const [what, part] of wanted)
        await measure(`${what}, ${jobs} jobs`, () => part.measure(bench, server, jobs));
    } finally {
      await server.stop();
    }
  }
  for (const [what, work] of Object.entries(alone))
    if (isChosen(what)) await measure(what, () => work(bench));
} finally {
  await rm(folder, { recursive: true, force: true });
}

const report: Report = {
  measuredAt: new Date().toISOString(),
  machine: describeMachine(),
  server: serverName,
  quiet: quietWords(quiet(), loud),
  rows: rows.map((row) => ({ ...row, met: isMet(row) })),
};
if (chosen.length === 0) {
  await mkdir(results, { recursive: true });
  const name = quick ? 'quick.json' : 'latest.json';
  await writeFile(join(results, name), `${JSON.stringify(report, null, 2)}\n`);
}
process.stdout.write(`${asTable(report)}\n`);

/**
 * Measures side by side, in one run on one machine, and prints a table with what is aimed at:
 * `npm run bench`. Words choose what is measured, numbers on how many jobs: `npm run bench -- backup 1000`.
 * `--quick` leaves the 100 000 jobs out, `--long` watches for ten minutes where it is one or two else.
 * `--against DIR` measures the built program of another checkout too, in turn. `--waterfall` tells instead
 * when what happens in a start. The result of all of it is kept in bench/results/.
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
import { type BenchServer, serverName } from './server.ts';
import { waterfall } from './waterfall.ts';

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    against: { type: 'string' },
    waterfall: { type: 'boolean', default: false },
  },
});
const here = fileURLToPath(new URL('..', import.meta.url));
const results = join(here, 'bench', 'results');
const { quick, long, against } = options;
const chosen = words.filter((word) => !/^\d+$/.test(word));
const lists = words.filter((word) => !chosen.includes(word)).map(Number);
const sizes = [100, 1_000, 10_000, 100_000].filter((jobs) =>
  lists.length > 0 ? lists.includes(jobs) : !quick || jobs < 100_000,
);

const known = [...Object.keys(onLists), ...Object.keys(alone)];
const unknown = chosen.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(', ')}; there is ${known.join(', ')}\n`);
  process.exit(2);
}
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
/** These take long, and have nothing to do with how quick a console is. */
const leftOut = quick ? ['snapshots', 'journal'] : [];
const isChosen = (what: string): boolean =>
  chosen.length === 0 ? !leftOut.includes(what) : chosen.includes(what);

/** What was measured, and during which parts others had the machine. */
async function measured(): Promise<Pick<Report, 'rows' | 'quiet'>> {
  const rows: Row[] = [];
  const loud: string[] = [];
  const whole = watchOthers();
  const measure = async (what: string, work: () => Promise<Row[]>): Promise<void> => {
    process.stderr.write(`${what} …\n`);
    const others = watchOthers();
    rows.push(...(await work().catch((error: Error) => [failed(what, error)])));
    if (isLoud(others())) loud.push(what);
  };
  for (const jobs of sizes) {
    const wanted = Object.entries(onLists).filter(
      ([what, { on }]) => isChosen(what) && on.includes(jobs),
    );
    if (wanted.length === 0) continue;
    await onServer(jobs, async (server) => {
      for (const [what, part] of wanted)
        await measure(`${what}, ${jobs} jobs`, () => part.measure(bench, server, jobs));
    });
  }
  for (const [what, work] of Object.entries(alone))
    if (isChosen(what)) await measure(what, () => work(bench));
  const judged = rows.map((row) => ({ ...row, met: isMet(row) }));
  return { quiet: quietWords(whole(), loud), rows: judged };
}

/** The rest of a long run goes on, and what it measured is told. */
function failed(what: string, error: Error): Row {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
  return { measure: what, unit: 'ms', ours: Number.NaN, missing: 'it failed, see above' };
}

async function onServer<T>(jobs: number, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const server = await serverWith(jobs);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function table(): Promise<string> {
  const about = { measuredAt: new Date().toISOString(), machine, server: serverName };
  const report: Report = { ...about, ...(await measured()) };
  if (words.length === 0) {
    await mkdir(results, { recursive: true });
    const text = `${JSON.stringify(report, null, 2)}\n`;
    await writeFile(join(results, quick ? 'quick.json' : 'latest.json'), text);
  }
  return asTable(report);
}

async function waterfalls(): Promise<string> {
  const told: string[] = [];
  const others = watchOthers();
  for (const jobs of [100, 10_000])
    told.push(await onServer(jobs, (server) => waterfall(bench, server, jobs)));
  const heading = `${machine}, on ${serverName}; ${quietWords(others(), [])}`;
  return [heading, ...told].join('\n\n');
}

const machine = describeMachine();
try {
  process.stdout.write(`${await (options.waterfall ? waterfalls() : table())}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

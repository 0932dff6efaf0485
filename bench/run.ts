/**
 * Measures side by side, in one run on one machine, and prints a table with what is aimed at:
 * `npm run bench`. Words choose what is measured: `npm run bench -- backup`. `--quick` leaves the
 * 100 000 jobs out, `--long` watches for ten minutes where it is one else. `--against DIR` measures the
 * built program of another checkout too, in turn. The result of all of it is kept in bench/results/.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureBackup } from './backup.ts';
import { type Bench, contestantsOf } from './bench.ts';
import { measureDiff } from './diff.ts';
import { measureJournal } from './journal.ts';
import { serverWith } from './kept.ts';
import { measureKeys } from './keys.ts';
import { describeMachine } from './machine.ts';
import { measurePlan } from './plan.ts';
import { isLoud, quietWords, watchOthers } from './quiet.ts';
import { asTable, isMet, type Report, type Row } from './report.ts';
import { measureRestore } from './restore.ts';
import { measureAgenda, measurePreviews } from './schedule.ts';
import { type BenchServer, serverName } from './server.ts';
import { measureArchive } from './snapshots.ts';
import { measureStart } from './start.ts';

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

/** A list of so many jobs, and what is measured on it. */
const lists: Readonly<Record<number, readonly string[]>> = {
  100: ['start', 'keys'],
  1000: ['backup'],
  10000: ['start', 'keys', 'backup', 'plan'],
  ...(quick ? {} : { 100000: ['start', 'keys', 'backup'] }),
};
const most = Math.max(...Object.keys(lists).map(Number));

const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-bench-'));
// Snapshots, drafts and journals of the bench are not the operator's, nor are settings and caches.
for (const name of Object.keys(process.env))
  if (/^(XDG_|DKRON|NODE_)/.test(name)) delete process.env[name];
process.env['HOME'] = folder;

// Servers that were started end with this process, if it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const bench: Bench = {
  contestants: contestantsOf(folder, {
    ours: here,
    ...(against !== undefined && { before: resolve(against) }),
  }),
  folder,
  quick,
  long,
};
const [{ program }] = bench.contestants as [Bench['contestants'][0]];

const onList: Readonly<Record<string, (server: BenchServer, jobs: number) => Promise<Row[]>>> = {
  start: (server, jobs) => measureStart(bench, server, jobs),
  keys: (server, jobs) => measureKeys(bench, server, jobs),
  backup: (server, jobs) => measureBackup(bench, server.url, jobs),
  plan: (server, jobs) => measurePlan(program, server.url, folder, jobs),
};
const alone: Readonly<Record<string, () => Promise<Row[]>>> = {
  restore: () => measureRestore(bench),
  diff: () => measureDiff(program, folder, most),
  snapshots: () => measureArchive(program, folder),
  journal: () => measureJournal(folder),
  schedules: measurePreviews,
  agenda: measureAgenda,
};

const known = [...Object.keys(onList), ...Object.keys(alone)];
const unknown = chosen.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(', ')}; there is ${known.join(', ')}\n`);
  process.exit(2);
}
const isChosen = (what: string): boolean => chosen.length === 0 || chosen.includes(what);

const rows: Row[] = [];
const loud: string[] = [];
async function measure(what: string, of: string, work: () => Promise<Row[]>): Promise<void> {
  if (!isChosen(what)) return;
  process.stderr.write(`${what}${of} …\n`);
  const others = watchOthers();
  rows.push(...(await work()));
  if (isLoud(others())) loud.push(what + of);
}

const quiet = watchOthers();
try {
  for (const [count, works] of Object.entries(lists)) {
    const jobs = Number(count);
    if (!works.some(isChosen)) continue;
    const server = await serverWith(jobs);
    try {
      for (const what of works)
        await measure(what, `, ${jobs} jobs`, () => onList[what]!(server, jobs));
    } finally {
      await server.stop();
    }
  }
  for (const [what, work] of Object.entries(alone)) await measure(what, '', work);
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

/**
 * Measures side by side, in one run on one machine, and prints ratios: `npm run bench`.
 * `--quick` leaves the 100 000 jobs out; words choose what is measured: `npm run bench -- backup`. The result
 * of all of it is kept in bench/results/latest.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureBackup } from './backup.ts';
import { measureKeys, measureStart } from './console.ts';
import { measureDiff } from './diff.ts';
import { measureJournal } from './journal.ts';
import { describeMachine } from './machine.ts';
import { measurePlan } from './plan.ts';
import { asTable, type Report, type Row } from './report.ts';
import { measureRestore } from './restore.ts';
import { measureAgenda, measurePreviews } from './schedule.ts';
import { loadJobs, serverName, startServer } from './server.ts';
import { measureArchive } from './snapshots.ts';

const program = fileURLToPath(new URL('../bin/dkron-tui.js', import.meta.url));
const results = fileURLToPath(new URL('results/latest.json', import.meta.url));

const quick = process.argv.includes('--quick');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isChosen = (what: string): boolean => chosen.length === 0 || chosen.includes(what);
const sizes = quick ? [100, 1_000, 10_000] : [100, 1_000, 10_000, 100_000];
const restores = quick
  ? [{ count: 200, rounds: 1 }]
  : [
      { count: 1_000, rounds: 5 },
      { count: 10_000, rounds: 1 },
    ];

const folder = await mkdtemp(join(tmpdir(), 'dkron-tui-bench-'));
// Snapshots, drafts and journals of the bench are not the operator's.
process.env['HOME'] = folder;

// Servers that were started end with this process, if it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const rows: Row[] = [];
const measure = async (what: string, work: () => Promise<Row[]>): Promise<void> => {
  if (!isChosen(what)) return;
  process.stderr.write(`${what} …\n`);
  rows.push(...(await work()));
};

async function measureLists(): Promise<void> {
  const server = await startServer();
  try {
    let loaded = 0;
    for (const size of sizes) {
      process.stderr.write(`loading ${size} jobs …\n`);
      await loadJobs(server.url, loaded, size);
      loaded = size;
      // A thousand tell of a backup what its start costs; of the console they tell nothing new.
      if (size >= 1_000)
        await measure('backup', () => measureBackup(program, server.url, folder, size));
      if (size === 10_000)
        await measure('plan', () => measurePlan(program, server.url, folder, size));
      if (size === 1_000) continue;
      if (size <= 10_000) await measure('start', () => measureStart(program, server.url, size));
      await measure('keys', () => measureKeys(program, server.url, size));
    }
  } finally {
    await server.stop();
  }
}

try {
  if (['backup', 'plan', 'start', 'keys'].some(isChosen)) await measureLists();
  for (const size of restores)
    await measure('restore', () => measureRestore(program, folder, size));
  await measure('diff', () => measureDiff(program, folder, sizes.at(-1)!));
  await measure('snapshots', () => measureArchive(program, folder));
  await measure('journal', () => measureJournal(folder));
  await measure('schedules', measurePreviews);
  await measure('agenda', measureAgenda);
} finally {
  await rm(folder, { recursive: true, force: true });
}

const report: Report = {
  measuredAt: new Date().toISOString(),
  machine: describeMachine(),
  server: serverName,
  rows,
};
if (chosen.length === 0) {
  await mkdir(join(results, '..'), { recursive: true });
  await writeFile(results, `${JSON.stringify(report, null, 2)}\n`);
}
process.stdout.write(`${asTable(report)}\n`);

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFolder } from '../src/snapshot/archive/index.ts';
import { listSnapshots } from '../src/snapshot/archive/list.ts';
import { snapshotName } from '../src/snapshot/archive/name.ts';
import { aJob } from '../test/support/jobs.ts';
import { putSnapshot } from '../test/support/snapshots.ts';
import type { Bench } from './bench.ts';
import { median, timeProgram } from './measure.ts';
import type { Row } from './report.ts';

const nights = 500;
const many = 1_000;

/** A folder of nightly snapshots, each of jobs of 1.4 KB, a few of which changed since the night before. */
export async function manySnapshots(folder: string): Promise<string> {
  const archive = join(folder, 'many-snapshots');
  await mkdir(archive);
  for (let night = 0; night < nights; night++) {
    const taken = new Date(Date.UTC(2025, 0, 1 + night, 2));
    const jobs = Array.from({ length: many }, (_, at) =>
      aJob({
        name: `job-${at}`,
        success_count: night,
        retries: Math.floor((night + at) / 50),
        executor_config: { command: 'x'.repeat(900) },
      }),
    );
    await putSnapshot(archive, snapshotName(taken), jobs, {
      taken: taken.toISOString(),
      kind: 'scheduled',
    });
  }
  return archive;
}

/** What reads all of them: the list, and `log` of a job; without an index, and once it is there. */
export async function measureArchive({ contestants: [ours], folder }: Bench): Promise<Row[]> {
  const archive = await manySnapshots(folder);
  return [
    ...(await measureList(ours.program, archive)),
    ...(await measureLog(ours.program, archive)),
  ];
}

/** The list alone reads the heads of manifests; the command also tells what differs, and starts a program. */
async function measureList(program: string, archive: string): Promise<Row[]> {
  const command = () => timeProgram(process.execPath, [program, 'snapshots', '--folder', archive]);
  const first = await command();
  const [again, heads]: [number[], number[]] = [[], []];
  for (let round = 0; round < 7; round++) {
    again.push(await command());
    const began = performance.now();
    await listSnapshots(archive);
    heads.push(performance.now() - began);
  }
  const measure = `list of ${nights} snapshots of ${many} jobs`;
  return [
    { measure, unit: 'ms', ours: median(heads), aim: { most: 200 } },
    { measure: `${measure}: 'snapshots', the first time`, unit: 'ms', ours: first },
    { measure: `${measure}: 'snapshots', again`, unit: 'ms', ours: median(again) },
  ];
}

async function measureLog(program: string, archive: string): Promise<Row[]> {
  const log = () => timeProgram(process.execPath, [program, 'log', 'job-7', '--folder', archive]);
  await log();
  await rm(indexFolder(archive), { recursive: true });
  const first = await log();
  const again: number[] = [];
  for (let round = 0; round < 7; round++) again.push(await log());
  const measure = `log over ${nights} snapshots of ${many} jobs`;
  return [
    { measure: `${measure}, the first time`, unit: 'ms', ours: first },
    { measure: `${measure}, again`, unit: 'ms', ours: median(again), aim: { most: 500 } },
  ];
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFolder } from '../src/snapshot/archive/index.ts';
import { snapshotName } from '../src/snapshot/archive/name.ts';
import { aJob } from '../test/support/jobs.ts';
import { putSnapshot } from '../test/support/snapshots.ts';
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

/** `log` of a job over all of them: without an index, and once it is there. */
export async function measureLog(program: string, folder: string): Promise<Row[]> {
  const archive = await manySnapshots(folder);
  const log = () => timeProgram(process.execPath, [program, 'log', 'job-7', '--folder', archive]);
  await log();
  await rm(indexFolder(archive), { recursive: true });
  const first = await log();
  const again: number[] = [];
  for (let round = 0; round < 7; round++) again.push(await log());
  const measure = `log over ${nights} snapshots of ${many} jobs`;
  return [
    { measure: `${measure}, the first time`, unit: 'ms', ours: first },
    { measure: `${measure}, again`, unit: 'ms', ours: median(again), aim: '≤ 500 ms' },
  ];
}

import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openJournal } from '../src/journal/file.ts';
import { aJob } from '../test/support/jobs.ts';
import type { Bench } from './bench.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const many = 10_000;
const page = 100;

/** A journal of so many edits of one job each, of 1.4 KB, one every hour; older than a day. */
async function manyOperations(folder: string): Promise<string> {
  const journal = join(folder, 'many-operations');
  await mkdir(journal);
  const old = new Date(Date.now() - 2 * 86_400_000);
  for (let hour = 0; hour < many; hour++) {
    const at = new Date(Date.UTC(2025, 0, 1, hour)).toISOString();
    const id = `op-${hour}`;
    const name = `job-${hour % 500}`;
    const text = (retries: number): string =>
      JSON.stringify(aJob({ name, retries, executor_config: { command: 'x'.repeat(900) } }));
    const about = { id, operation: id, what: 'edit', at, server: 'http://localhost:8080' };
    const lines = [
      { ...about, job: name, action: 'write', who: 'me@here', before: text(1), sent: text(2) },
      { id, at, outcome: 'written', after: text(2) },
    ];
    const path = join(journal, `${at.replace(/[-:.]/g, '')}_${id}.jsonl`);
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await utimes(path, old, old);
  }
  return journal;
}

/** What an undo and a list read of it, before and after its old operations are moved. */
export async function measureJournal({ folder }: Bench): Promise<Row[]> {
  const path = await manyOperations(folder);
  const before = await measureReading(path, 'each a file');
  const began = performance.now();
  await openJournal(path).tidy();
  const moving = performance.now() - began;
  while ((await readdir(path)).length > 1_300) await openJournal(path).tidy();
  return [
    ...before,
    {
      measure: `journal of ${many} operations: moving a month of old ones`,
      unit: 'ms',
      ours: moving,
    },
    ...(await measureReading(path, 'old ones in months', 200)),
  ];
}

async function measureReading(path: string, state: string, most?: number): Promise<Row[]> {
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 7; round++) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
    return median(times);
  };
  const list = async (): Promise<void> => {
    let count = 0;
    for await (const _ of openJournal(path).list()) if (++count === page) break;
  };
  const undo = async (): Promise<void> => {
    for await (const _ of openJournal(path).operations()) break;
  };
  const change = async (): Promise<void> => {
    for await (const _ of openJournal(path).called(`op-${many - 500}`)) break;
  };
  const history = (): Promise<unknown> => openJournal(path).history('job-7');
  const measure = `journal of ${many} operations, ${state}`;
  const aimed = most === undefined ? {} : { aim: { most } };
  return [
    { measure: `${measure}: the newest ${page}`, unit: 'ms', ours: await timed(list), ...aimed },
    { measure: `${measure}: the last, for undo`, unit: 'ms', ours: await timed(undo), ...aimed },
    {
      measure: `${measure}: one change by its id`,
      unit: 'ms',
      ours: await timed(change),
      ...aimed,
    },
    { measure: `${measure}: the changes of a job`, unit: 'ms', ours: await timed(history) },
  ];
}

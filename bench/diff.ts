import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writtenOrder } from '../src/job/normal.ts';
import { wholeJob } from '../src/job/zero.ts';
import type { Bench } from './bench.ts';
import { benchJob } from './jobs.ts';
import { costOf, median, timeProgram } from './measure.ts';
import type { Row } from './report.ts';

/** Of so many jobs one has another body and other retries on the next day, and one is gone. */
const changed = 1_000;
const gone = 5_000;
/** Every job has run meanwhile, so that no line is as it was. */
const days = ['2026-11-21', '2026-11-22'] as const;

function* linesOf(day: (typeof days)[number], jobs: number): Generator<string> {
  const isNext = day === days[1];
  for (let at = 0; at < jobs; at++) {
    if (isNext && at % gone === 1) continue;
    const job = wholeJob(benchJob(at));
    const config = Object.entries(job.executor_config!).sort(([a], [b]) => (a < b ? -1 : 1));
    const counted = { success_count: at, last_success: `${day}T02:00:00Z`, status: 'success' };
    const said = { id: '', ...job, ...counted, executor_config: Object.fromEntries(config) };
    const news = isNext && at % changed === 3 ? { retries: 9 } : {};
    yield `${asDkron({ ...said, ...news })}\n`;
  }
}

/** In the order and with the escapes of Go. */
const asDkron = (job: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.fromEntries(writtenOrder.map(({ name }) => [name, job[name] ?? null])),
  ).replaceAll('&', '\\u0026');

/** `diff` of two snapshots of jobs of 1.4 KB. */
export async function measureDiff({ contestants: [ours], folder, quick }: Bench): Promise<Row[]> {
  const jobs = quick ? 10_000 : 100_000;
  const files = days.map((day) => join(folder, `diff-${day}-${jobs}`));
  for (const [at, file] of files.entries())
    await pipeline(Readable.from(linesOf(days[at]!, jobs)), createWriteStream(file));
  const diff = [ours.program, 'diff', ...files, '--stat'];
  const differ = 3;
  const took: number[] = [];
  for (let round = 0; round < 5; round++)
    took.push(await timeProgram(process.execPath, diff, { ends: differ }));
  const measure = `diff of two snapshots of ${jobs} jobs`;
  return [
    { measure, unit: 'ms', ours: median(took), ...(jobs >= 100_000 && { aim: { most: 5_000 } }) },
    {
      measure: 'the most memory of it',
      unit: 'bytes',
      ours: (await costOf(diff, { ends: differ })).peak,
      aim: { most: 400e6 },
    },
  ];
}

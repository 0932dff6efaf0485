import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson, stringifyJson } from '../src/json/numbers.ts';
import type { Bench } from './bench.ts';
import { costOf, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import type { BenchServer } from './server.ts';

/** Of so many jobs one has another schedule in the file: what a day of work changes. */
const changed = 100;

/**
 * The plan of a restore from a file of so many jobs onto a server that has as many: the command from its
 * start to its end, the file and the server's list read, every job compared and checked.
 */
export async function measurePlan(
  { contestants, folder }: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const [{ program }] = contestants;
  const snapshot = join(folder, `plan-${jobs}`);
  await timeProgram(process.execPath, [program, 'backup', snapshot, '--url', url]);
  const lines = (await readFile(snapshot, 'utf8')).trimEnd().split('\n');
  const edited = `${snapshot}.edited`;
  const edit = (line: string, at: number): string =>
    at % changed === 0
      ? stringifyJson({ ...(parseJson(line) as object), schedule: '0 30 4 * * *' })
      : line;
  await writeFile(edited, `${lines.map(edit).join('\n')}\n`);
  const plan = [program, 'restore', edited, '--dry-run', '--url', url];
  const differ = 3;
  const { ours } = await takeTurns(7, {
    ours: () => timeProgram(process.execPath, plan, { ends: differ }),
  });
  return [
    { measure: `plan of ${jobs} jobs against ${jobs}`, unit: 'ms', ours, aim: { most: 1_000 } },
    {
      measure: 'the most memory of it',
      unit: 'bytes',
      ours: (await costOf(plan, { ends: differ })).peak,
    },
  ];
}

import { compareRuns } from '../src/runs/compare.ts';
import { anExecution } from '../test/support/jobs.ts';
import { median, timed } from './measure.ts';
import type { Row } from './report.ts';

/** As much as Dkron keeps of an output. */
const most = 256_000;

const filled = (line: (at: number) => string): string => {
  let text = '';
  for (let at = 0; text.length < most; at++) text += line(at);
  return text.slice(0, most);
};

const two = (at: number): string => String(at).padStart(2, '0');
const logged = (minute: number, words: (at: number) => string) =>
  filled(
    (at) =>
      `2026-11-21T02:${two(minute)}:${two(at % 60)}.${at}Z level=info pid=${at * minute} took ${at}ms ${words(at)}\n`,
  );

/** Two outputs of a job, by how they differ. */
const pairs: Readonly<Record<string, readonly [older: string, newer: string]>> = {
  'logs that part at the end': [
    logged(1, (at) => `batch ${at % 300} done`),
    logged(2, (at) => `batch ${at % 300} ${at > 2_500 ? 'failed' : 'done'}`),
  ],
  'logs with a difference in every tenth line': [
    logged(1, (at) => `batch ${at % 300} done`),
    logged(2, (at) => `batch ${at % 300} ${at % 10 === 0 ? 'failed' : 'done'}`),
  ],
  'lines in another order': [
    filled((at) => `row ${(at * 7_919) % 1_009}\n`),
    filled((at) => `row ${(at * 6_007) % 1_013}\n`),
  ],
  'JSON in one line': [
    `[${filled((at) => `{"id":${at},"name":"n${at % 97}","ok":true},`).replace(/,[^,]*$/, '')}]`,
    `[${filled((at) => `{"id":${at},"name":"n${at % 97}","ok":${at % 50 > 0}},`).replace(/,[^,]*$/, '')}]`,
  ],
  'one long line': [filled((at) => `value${at % 9_973} `), filled((at) => `value${at % 9_967} `)],
};

/** Two runs with outputs as long as Dkron keeps them. */
export async function measureRuns(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [how, [older, newer]] of Object.entries(pairs)) {
    const history = { why: 'not asked' };
    const runs = { older: anExecution({ output: older }), newer: anExecution({ output: newer }) };
    const took: number[] = [];
    for (let round = 0; round < 9; round++)
      took.push(await timed(() => compareRuns({ ...runs, history })));
    const measure = `comparing two runs: ${how}`;
    rows.push({ measure, unit: 'ms', ours: median(took), aim: { most: 100 } });
  }
  return rows;
}

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasProgram } from './machine.ts';
import { type Contender, peakOf, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';

/** The backup of the gateway's runbook: one job a line, by curl, jq, base64 and sed. */
const script = `curl -s -X GET "$1/v1/jobs" | jq -r '.[] | @base64' | base64 --decode | sed -E "s/\\}\\{/\\}\\n\\{/g" > "$2"`;

const curl = 'curl -s -o FILE';
const pipeline = 'curl, jq, base64, sed';

/** What a backup may take of what curl does, which proves nothing and flushes nothing. */
const aims: Readonly<Record<number, string>> = { 10000: '≤ 1.5×', 100000: '≤ 1.1×' };

/** `backup` against what an operator has without it, on a server with so many jobs; then `verify` of it. */
export async function measureBackup(
  program: string,
  url: string,
  folder: string,
  jobs: number,
): Promise<Row[]> {
  const file = (name: string) => join(folder, `${name}-${jobs}`);
  const snapshot = `${file('ours')}.json`;
  const removed = () =>
    Promise.all([snapshot, `${snapshot}.manifest.json`].map((path) => rm(path, { force: true })));
  const backup = [program, 'backup', snapshot, '--url', url];
  const contenders: Record<string, Contender> = {
    ours: async () => {
      await removed();
      return timeProgram(process.execPath, backup);
    },
  };
  const missing = ['curl', 'jq'].filter((name) => !hasProgram(name));
  if (!missing.includes('curl'))
    contenders[curl] = () => timeProgram('curl', ['-s', '-o', file('curl'), `${url}/v1/jobs`]);
  if (missing.length === 0)
    contenders[pipeline] = () => timeProgram('bash', ['-c', script, 'backup', url, file('script')]);
  const { ours = Number.NaN, ...others } = await takeTurns(jobs > 10_000 ? 5 : 7, contenders);
  await removed();
  const peak = await peakOf(backup);
  const row = { measure: `backup of ${jobs} jobs, proven`, unit: 'ms', ours } as const;
  const against = (what: string): Row[] => {
    const value = others[what];
    if (value === undefined) return [{ ...row, missing: `${missing.join(', ')} is missing here` }];
    const isFaster = what === pipeline;
    const ratio = isFaster ? value / ours : ours / value;
    return [
      {
        ...row,
        against: { what, value },
        ratio,
        aim: aims[jobs] === undefined ? '' : isFaster ? '≥ 5×' : aims[jobs],
      },
    ];
  };
  return [
    ...against(curl),
    ...against(pipeline),
    { measure: `the most memory of it`, unit: 'bytes', ours: peak, aim: '≤ 150 MiB' },
    await measureVerify(program, snapshot, jobs),
  ];
}

async function measureVerify(program: string, snapshot: string, jobs: number): Promise<Row> {
  const { size } = await stat(snapshot);
  const { ours } = await takeTurns(3, {
    ours: () => timeProgram(process.execPath, [program, 'verify', snapshot]),
  });
  const speed = size / 1e6 / (ours / 1000);
  return {
    measure: `verify of ${jobs} jobs, with its start`,
    unit: 'MB/s',
    ours: speed,
    ...(jobs >= 100_000 && { aim: '≥ 200 MB/s' }),
  };
}

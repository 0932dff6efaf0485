import { join } from 'node:path';
import { hasProgram } from './machine.ts';
import { type Contender, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';

/** The backup of the gateway's runbook: one job a line, by curl, jq, base64 and sed. */
const script = `curl -s -X GET "$1/v1/jobs" | jq -r '.[] | @base64' | base64 --decode | sed -E "s/\\}\\{/\\}\\n\\{/g" > "$2"`;

/** `backup` against what an operator has without it, on a server with so many jobs. */
export async function measureBackup(
  program: string,
  url: string,
  folder: string,
  jobs: number,
): Promise<Row[]> {
  const file = (name: string) => join(folder, `${name}-${jobs}`);
  const measure = `backup of ${jobs} jobs`;
  const [curl, jq] = [hasProgram('curl'), hasProgram('jq')];
  const contenders: Record<string, Contender> = {
    ours: (round) => {
      const snapshot = `${file('ours')}-${round}.json`;
      return timeProgram(process.execPath, [program, 'backup', snapshot, '--url', url]);
    },
  };
  if (curl)
    contenders['curl -o FILE'] = () =>
      timeProgram('curl', ['-s', `${url}/v1/jobs`, '-o', file('curl')]);
  if (curl && jq)
    contenders['curl, jq, base64, sed'] = () =>
      timeProgram('bash', ['-c', script, 'backup', url, file('script')]);
  const { ours = Number.NaN, ...others } = await takeTurns(jobs > 10_000 ? 3 : 7, contenders);
  const row = { measure, unit: 'ms', ours } as const;
  const missing = [...(curl ? [] : ['curl']), ...(jq ? [] : ['jq'])];
  return [
    ...Object.entries(others).map(([what, value]) => ({
      ...row,
      against: { what, value },
      ratio: ours / value,
      ...(what === 'curl -o FILE' ? { aim: '≤ 1.3×' } : {}),
    })),
    ...missing.map((name) => ({ ...row, missing: `${name} is missing here` })),
  ];
}

import { join } from 'node:path';
import { hasProgram } from './machine.ts';
import { takeTurns, timeProgram } from './measure.ts';
import { ms, type Row } from './report.ts';

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
  if (!hasProgram('curl')) return [{ measure, ours: '', against: 'curl is missing here' }];
  const withJq = hasProgram('jq');
  const rounds = jobs > 10_000 ? 3 : 7;
  const took = await takeTurns(rounds, {
    ours: (round) =>
      timeProgram(process.execPath, [
        program,
        'backup',
        `${file('ours')}-${round}.json`,
        '--url',
        url,
      ]),
    curl: () => timeProgram('curl', ['-s', `${url}/v1/jobs`, '-o', file('curl')]),
    script: () =>
      withJq
        ? timeProgram('bash', ['-c', script, 'backup', url, file('script')])
        : Promise.resolve(Number.NaN),
  });
  const ours = ms(took.ours);
  return [
    {
      measure,
      ours,
      against: `curl -o FILE ${ms(took.curl)}`,
      ratio: took.ours / took.curl,
      aim: '≤ 1.3×',
    },
    withJq
      ? {
          measure,
          ours,
          against: `curl | jq | base64 | sed ${ms(took.script)}`,
          ratio: took.ours / took.script,
        }
      : { measure, ours, against: 'jq is missing here' },
  ];
}

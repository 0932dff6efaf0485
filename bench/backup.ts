import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, eachOf } from './bench.ts';
import { hasProgram } from './machine.ts';
import { type Contender, type Cost, costOf, inTurns, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import type { BenchServer } from './server.ts';

/** The backup of the gateway's runbook: one job a line, by curl, jq, base64 and sed. */
const script = `curl -s -X GET "$1/v1/jobs" | jq -r '.[] | @base64' | base64 --decode | sed -E "s/\\}\\{/\\}\\n\\{/g" > "$2"`;

/** What a backup is worth nothing without: it is on the disk. It proves nothing. */
const flushed = 'curl -s -o "$2" "$1/v1/jobs" && sync "$2"';

/** `backup` against what an operator has without it, on a server with so many jobs; then `verify` of it. */
export async function measureBackup(
  { contestants, folder }: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const file = (name: string) => join(folder, `${name}-${jobs}`);
  const missing = ['curl', 'jq'].filter((name) => !hasProgram(name));
  const shell = (name: string, text: string): Contender =>
    missing.length > 0
      ? async () => Number.NaN
      : () => timeProgram('bash', ['-c', text, 'backup', url, file(name)]);
  const backup = (program: string, to: string) => [program, 'backup', to, '--url', url];
  const removed = (path: string) =>
    Promise.all([path, `${path}.manifest.json`].map((each) => rm(each, { force: true })));
  const ours = eachOf(contestants, ({ side, program, env }): Contender => {
    const to = `${file(side)}.json`;
    return async () => {
      await removed(to);
      return timeProgram(process.execPath, backup(program, to), { env });
    };
  });
  const took = await takeTurns(jobs > 10_000 ? 5 : 9, {
    ...ours,
    node: () => timeProgram(process.execPath, ['-e', '0']),
    curl: shell('curl', 'curl -s -o "$2" "$1/v1/jobs"'),
    flushed: shell('flushed', flushed),
  });
  const pipeline = (await takeTurns(1, { script: shell('script', script) })).script;
  const costs = await inTurns(
    1,
    eachOf(contestants, ({ side, program, env }): Contender<Cost> => {
      return () => costOf(backup(program, file(`${side}-cost`)), { env });
    }),
    { warm: false },
  );
  const cost = (what: keyof Cost) => eachOf(contestants, ({ side }) => costs[side].at(-1)![what]);
  const sides = eachOf(contestants, ({ side }) => took[side]);
  const row = {
    measure: `backup of ${jobs} jobs, proven`,
    unit: 'ms',
    ...sides,
    ...(missing.length > 0 && { missing: `${missing.join(', ')} is missing here` }),
  } as const;
  const nodes = (1.5 * took.node) / took.flushed;
  return [
    {
      ...row,
      against: { what: 'curl and sync', value: took.flushed },
      by: 'times',
      aim: { most: 1.1 + nodes, says: '≤ 1.1× + 1.5 bare Nodes' },
    },
    { ...row, against: { what: 'curl', value: took.curl }, by: 'times' },
    { ...row, against: { what: 'curl, jq, base64, sed', value: pipeline }, by: 'faster' },
    { measure: 'CPU of it', unit: 'ms', ...cost('cpu') },
    { measure: 'the most memory of it', unit: 'bytes', ...cost('peak'), aim: { most: 157e6 } },
    await measureVerify(contestants[0]!.program, `${file('ours')}.json`, jobs),
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
    ...(jobs >= 100_000 && { aim: { least: 200 } }),
  };
}

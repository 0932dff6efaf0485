import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, eachOf } from './bench.ts';
import { hasProgram } from './machine.ts';
import { type Contender, type Cost, costOf, inTurns, takeTurns, timeProgram } from './measure.ts';
import { countingProxy } from './proxy.ts';
import type { Row } from './report.ts';
import type { BenchServer } from './server.ts';

/** The backup of the gateway's runbook: one job a line, by curl, jq, base64 and sed. */
const script = `curl -s -X GET "$1/v1/jobs" | jq -r '.[] | @base64' | base64 --decode | sed -E "s/\\}\\{/\\}\\n\\{/g" > "$2"`;

/** What a backup is worth nothing without: it is on the disk. It proves nothing. */
const onDisk = 'curl -s -o "$2" "$1/v1/jobs" && sync "$2"';

/** Of a line of 100 Mbit/s, as a port-forward may have; the machine's own carries all at once. Bytes a second. */
const line = 10e6;

/** `backup` against what an operator has without it, on a server with so many jobs; then `verify` of it. */
export async function measureBackup(
  bench: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const { contestants } = bench;
  const rounds = jobs > 10_000 ? 5 : 9;
  const measure = `backup of ${jobs} jobs, proven`;
  const { row, took, flushed } = await besideCurl(bench, url, { measure, jobs, rounds });
  const pipeline = (await takeTurns(1, { script: curled(bench, url, script, jobs) })).script;
  const costs = await inTurns(
    1,
    eachOf(contestants, ({ side, program, env }): Contender<Cost> => {
      const to = fileOf(bench, `${side}-cost`, jobs);
      return () => costOf(backupTo(to, program, url), { env });
    }),
    { warm: false },
  );
  const cost = (what: keyof Cost) => eachOf(contestants, ({ side }) => costs[side].at(-1)![what]);
  const [ours] = contestants;
  return [
    flushed,
    { ...row, against: { what: 'curl', value: took.curl }, by: 'times' },
    { ...row, against: { what: 'curl, jq, base64, sed', value: pipeline }, by: 'faster' },
    { measure: 'CPU of it', unit: 'ms', ...cost('cpu') },
    { measure: 'the most memory of it', unit: 'bytes', ...cost('peak'), aim: { most: 157e6 } },
    ...(jobs > 10_000 ? [] : [await overLine(bench, url, jobs)]),
    await measureVerify(ours.program, `${fileOf(bench, ours.side, jobs)}.json`, jobs),
  ];
}

/** The same where the list takes its time: what is done with its beginning meanwhile costs nothing. */
async function overLine(bench: Bench, to: string, jobs: number): Promise<Row> {
  const { url, close } = await countingProxy(to, line);
  const measure = `backup of ${jobs} jobs over ${line / 1e6} MB/s, proven`;
  try {
    return (await besideCurl(bench, url, { measure, jobs, rounds: 5 })).flushed;
  } finally {
    close();
  }
}

interface Wanted {
  readonly measure: string;
  readonly jobs: number;
  readonly rounds: number;
}

async function besideCurl(bench: Bench, url: string, { measure, jobs, rounds }: Wanted) {
  const { contestants } = bench;
  const removed = (path: string) =>
    Promise.all([path, `${path}.manifest.json`].map((each) => rm(each, { force: true })));
  const ours = eachOf(contestants, ({ side, program, env }): Contender => {
    const to = `${fileOf(bench, side, jobs)}.json`;
    return async () => {
      await removed(to);
      return timeProgram(process.execPath, backupTo(to, program, url), { env });
    };
  });
  const took = await takeTurns(rounds, {
    ...ours,
    node: () => timeProgram(process.execPath, ['-e', '0']),
    curl: curled(bench, url, 'curl -s -o "$2" "$1/v1/jobs"', jobs),
    flushed: curled(bench, url, onDisk, jobs),
  });
  const row = {
    measure,
    unit: 'ms',
    ...eachOf(contestants, ({ side }) => took[side]),
    ...(missing.length > 0 && { missing: `${missing.join(', ')} is missing here` }),
  } as const;
  const nodes = (1.5 * took.node) / took.flushed;
  const flushed: Row = {
    ...row,
    against: { what: 'curl and sync', value: took.flushed },
    by: 'times',
    aim: { most: 1.1 + nodes, says: '≤ 1.1× + 1.5 bare Nodes' },
  };
  return { row, took, flushed };
}

const missing = ['curl', 'jq'].filter((name) => !hasProgram(name));

/** Each writes to the same file. */
const curled = (bench: Bench, url: string, text: string, jobs: number): Contender =>
  missing.length > 0
    ? async () => Number.NaN
    : () => timeProgram('bash', ['-c', text, 'backup', url, fileOf(bench, 'curl', jobs)]);

const fileOf = ({ folder }: Bench, name: string, jobs: number): string =>
  join(folder, `${name}-${jobs}`);

const backupTo = (path: string, program: string, url: string): string[] => [
  program,
  'backup',
  path,
  '--url',
  url,
];

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

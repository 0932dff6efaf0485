/** Commands, from their start to their end. */
import { type Bench, type Contestant, eachOf, type Side } from './bench.ts';
import { nameOf } from './jobs.ts';
import { hasProgram } from './machine.ts';
import { type Contender, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import type { BenchServer } from './server.ts';

interface Command {
  readonly args: readonly string[];
  /** The most bare Nodes that it may take. */
  readonly most?: number;
  /** A shell script that does as much, with the address of the server as `$1`. */
  readonly script?: string;
}

const ofPrograms: readonly Command[] = [
  { args: ['--version'], most: 1.3 },
  { args: ['--help'], most: 1.3 },
  { args: ['completion', 'bash'], most: 1.3 },
];

const list = `curl -s "$1/v1/jobs" | jq -r '.[] | [.name, .status, .next, .schedule] | @tsv'`;

const ofServers = (jobs: number): readonly Command[] => [
  { args: ['jobs'], script: list, ...(jobs <= 100 && { most: 3 }) },
  {
    args: ['job', nameOf(7)],
    script: `curl -s "$1/v1/jobs/${nameOf(7)}" | jq .`,
    ...(jobs <= 100 && { most: 3 }),
  },
];

export async function measureCommands(
  bench: Bench,
  { url }: BenchServer,
  jobs: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  const commands = [...(jobs <= 100 ? ofPrograms : []), ...ofServers(jobs)];
  for (const command of commands) rows.push(...(await measureCommand(bench, url, jobs, command)));
  return rows;
}

async function measureCommand(
  { contestants, quick }: Bench,
  url: string,
  jobs: number,
  { args, most, script }: Command,
): Promise<Row[]> {
  const asked = script === undefined ? args : [...args, '--url', url];
  const hasShell = ['bash', 'curl', 'jq'].every(hasProgram);
  const contender =
    ({ program, env }: Contestant): Contender =>
    () =>
      timeProgram(process.execPath, [program, ...asked], { env });
  const took: Record<Side | 'node' | 'shell', number> = await takeTurns(quick ? 7 : 15, {
    ...eachOf(contestants, contender),
    node: () => timeProgram(process.execPath, ['-e', '0']),
    shell: () =>
      script !== undefined && hasShell
        ? timeProgram('bash', ['-c', script, 'bench', url])
        : Promise.resolve(Number.NaN),
  });
  const measure = `\`${args.join(' ')}\`${script === undefined ? '' : `, ${jobs} jobs`}`;
  const row = {
    measure,
    unit: 'ms',
    by: 'times',
    ...eachOf(contestants, ({ side }) => took[side]),
  } as const;
  return [
    {
      ...row,
      against: { what: 'bare Node', value: took.node },
      ...(most !== undefined && { aim: { most } }),
    },
    ...(script === undefined
      ? []
      : [{ ...row, against: { what: 'curl and jq', value: took.shell } }]),
  ];
}

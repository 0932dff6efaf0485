import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, eachOf } from './bench.ts';
import { benchJob, nameOf } from './jobs.ts';
import { hasProgram } from './machine.ts';
import { type Contender, type Cost, costOf, inTurns, takeTurns, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import { startServer } from './server.ts';

/** The restore of the gateway's runbook: a curl for each line of the backup. */
const loop = `while read -r row; do echo "$row" > "$2/ligne"; curl -s -X POST "$1/v1/jobs" -d "@$2/ligne" > /dev/null; done < "$3"`;

const posts = fileURLToPath(new URL('posts.ts', import.meta.url));

/** All of a file at once, by a program of its own as the others are. */
const direct = 'curl -s -f -o "$2/answer" -F "file=@$3" "$1/v1/restore"';

interface Wanted {
  readonly jobs: number;
  readonly rounds: number;
  /** The loop takes ten seconds for a thousand. */
  readonly loop: boolean;
}

export async function measureRestore(bench: Bench): Promise<Row[]> {
  if (bench.quick) return restoreOf(bench, { jobs: 1_000, rounds: 1, loop: true });
  return [
    ...(await restoreOf(bench, { jobs: 1_000, rounds: 5, loop: true })),
    ...(await restoreOf(bench, { jobs: 10_000, rounds: 1, loop: false })),
  ];
}

/**
 * `restore` into an empty server, in turn with the loop, with `/v1/restore`, and with as many POSTs as the
 * server takes, of which nothing is read back. Each has a server of its own each time.
 */
async function restoreOf(
  { contestants, folder }: Bench,
  { jobs: count, rounds, loop: withLoop }: Wanted,
): Promise<Row[]> {
  const jobs = restored(count);
  const lines = join(folder, `restore-${count}.lines`);
  const list = join(folder, `restore-${count}.json`);
  await writeFile(lines, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
  await writeFile(list, JSON.stringify(jobs));
  const node = process.execPath;
  const hasCurl = hasProgram('curl') && hasProgram('bash');
  const shell = (script: string, file: string): Contender =>
    onEmptyServer((url) => timeProgram('bash', ['-c', script, 'restore', url, folder, file]));
  const restore = (url: string, program: string) => [
    program,
    'restore',
    lines,
    '--yes',
    '--url',
    url,
  ];

  const took = await takeTurns(
    rounds,
    {
      ...eachOf(contestants, ({ program, env }) =>
        onEmptyServer((url) => timeProgram(node, restore(url, program), { env })),
      ),
      posts: onEmptyServer((url) => timeProgram(node, [posts, url, lines])),
      direct: hasCurl ? shell(direct, list) : nothing,
      bash: hasCurl && withLoop ? shell(loop, lines) : nothing,
    },
    { warm: false },
  );
  const costs = await inTurns(
    1,
    eachOf(contestants, ({ program, env }) =>
      onEmptyServer((url) => costOf(restore(url, program), { env })),
    ),
    { warm: false },
  );
  const cost = (what: keyof Cost) => eachOf(contestants, ({ side }) => costs[side].at(-1)![what]);

  const faster = (what: string, value: number, least: number): Row => ({
    measure: `restore of ${count} jobs`,
    unit: 'ms',
    ...eachOf(contestants, ({ side }) => took[side]),
    against: { what, value },
    by: 'faster',
    aim: { least },
    ...(!hasCurl && { missing: 'curl or bash is missing here' }),
  });
  return [
    ...(withLoop ? [faster('bash loop of curl', took.bash, 9)] : []),
    faster('POST /v1/restore', took.direct, 1.6),
    faster('64 lanes of POST, nothing read back', took.posts, 0.85),
    { measure: 'CPU of it', unit: 'ms', ...cost('cpu') },
    {
      measure: 'the most memory of it',
      unit: 'bytes',
      ...cost('peak'),
      ...(count >= 10_000 && { aim: { most: 262e6 } }),
    },
  ];
}

const nothing = async (): Promise<number> => Number.NaN;

/** A tenth of them in chains three deep. */
const restored = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, at) => {
    const isChild = at % 30 === 1 || at % 30 === 2;
    return { ...benchJob(at), ...(isChild && { parent_job: nameOf(at - 1) }) };
  });

const onEmptyServer =
  <T>(work: (url: string) => Promise<T>): (() => Promise<T>) =>
  async () => {
    const server = await startServer();
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  };

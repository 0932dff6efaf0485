import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchJob, nameOf } from './jobs.ts';
import { hasProgram } from './machine.ts';
import { peakOf, takeTurns, timed, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import { restoreDirectly, startServer } from './server.ts';

/** The restore of the gateway's runbook: a curl for each line of the backup. */
const loop = `while read -r row; do echo "$row" > "$2/ligne"; curl -s -X POST "$1/v1/jobs" -d "@$2/ligne" > /dev/null; done < "$3"`;

const posts = fileURLToPath(new URL('posts.ts', import.meta.url));

/**
 * `restore` into an empty server, in turn with the loop, with `/v1/restore`, and with as many POSTs as the
 * server takes, of which nothing is read back. Each has a server of its own each time.
 */
export async function measureRestore(
  program: string,
  folder: string,
  { count, rounds }: { readonly count: number; readonly rounds: number },
): Promise<Row[]> {
  const jobs = restored(count);
  const lines = join(folder, `restore-${count}.lines`);
  await writeFile(lines, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
  const restore = (url: string) => [program, 'restore', lines, '--yes', '--url', url];
  const node = process.execPath;
  const hasBash = hasProgram('curl') && hasProgram('bash');

  const took = await takeTurns(rounds, {
    ours: onEmptyServer((url) => timeProgram(node, restore(url))),
    posts: onEmptyServer((url) => timeProgram(node, [posts, url, lines])),
    direct: onEmptyServer((url) => timed(() => restoreDirectly(url, jobs))),
    bash: hasBash
      ? onEmptyServer((url) => timeProgram('bash', ['-c', loop, 'restore', url, folder, lines]))
      : async () => Number.NaN,
  });
  const { ours, posts: unread, direct, bash } = took;
  const memory = await onEmptyServer((url) => peakOf(restore(url)))();

  const row = { measure: `restore of ${count} jobs`, unit: 'ms', ours } as const;
  const faster = (what: string, value: number, aim: string): Row => ({
    ...row,
    against: { what, value },
    ratio: value / ours,
    aim,
  });
  return [
    hasBash
      ? faster('bash loop of curl', bash, '≥ 9×')
      : { ...row, missing: 'curl or bash is missing here' },
    faster('POST /v1/restore', direct, '≥ 1.6×'),
    faster('64 lanes of POST, nothing read back', unread, '≥ 0.85×'),
    {
      measure: `memory of a restore of ${count} jobs`,
      unit: 'bytes',
      ours: memory,
      aim: count >= 10_000 ? '≤ 250 MiB' : '',
    },
  ];
}

/** A tenth of them in chains three deep. */
const restored = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, at) => {
    const isChild = at % 30 === 1 || at % 30 === 2;
    return { ...benchJob(at), ...(isChild && { parent_job: nameOf(at - 1) }) };
  });

const onEmptyServer =
  (work: (url: string) => Promise<number>): (() => Promise<number>) =>
  async () => {
    const server = await startServer();
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  };

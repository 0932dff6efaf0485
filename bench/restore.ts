import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasProgram } from './machine.ts';
import { timed, timeProgram } from './measure.ts';
import type { Row } from './report.ts';
import { jobsBetween, loadJobs, restoreDirectly, startServer } from './server.ts';

/** The restore of the gateway's runbook: a curl for each line of the backup. */
const loop = `while read -r row; do echo "$row" > "$2/ligne"; curl -s -X POST "$1/v1/jobs" -d "@$2/ligne" > /dev/null; done < "$3"`;

/** `restore` into an empty server, against the loop and against `/v1/restore`; each on its own. */
export async function measureRestore(
  program: string,
  folder: string,
  count: number,
): Promise<Row[]> {
  const jobs = jobsBetween(0, count);
  const lines = join(folder, 'restore.lines');
  const snapshot = join(folder, 'restore.json');
  await writeFile(lines, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
  await onEmptyServer(async (url) => {
    await loadJobs(url, 0, count);
    await timeProgram(process.execPath, [program, 'backup', snapshot, '--url', url]);
  });

  const ours = await onEmptyServer((url) =>
    timeProgram(process.execPath, [program, 'restore', snapshot, '--yes', '--url', url]),
  );
  const direct = await onEmptyServer((url) => timed(() => restoreDirectly(url, jobs)));
  const row = { measure: `restore of ${count} jobs`, unit: 'ms', ours } as const;
  const faster = (what: string, value: number) => ({
    ...row,
    against: { what, value },
    ratio: value / ours,
  });
  const rows = [faster('POST /v1/restore', direct)];
  if (!hasProgram('curl') || !hasProgram('bash'))
    return [...rows, { ...row, missing: 'curl or bash is missing here' }];
  const bash = await onEmptyServer((url) =>
    timeProgram('bash', ['-c', loop, 'restore', url, folder, lines]),
  );
  return [{ ...faster('bash loop of curl', bash), aim: '≥ 8×' }, ...rows];
}

async function onEmptyServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = await startServer();
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

/** What old files tell of the cluster that they are of: its jobs, as they were then. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tooMuch } from '../job/bounds.ts';
import type { Job } from '../job/job.ts';
import { serverJob } from '../job/job-value.ts';
import { openJournal } from '../journal/file.ts';
import { parseJson } from '../json/numbers.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Changes of a journal, and bytes of a snapshot, that are enough to tell. */
const changes = 200;
const bytes = 1 << 20;

/** The jobs that a journal and the newest of some snapshots have, the latest of each; none where there are no such files. */
export async function jobsKept(journal: string, snapshots: string): Promise<Fingerprint['sample']> {
  const jobs = new Map<string, Job>();
  for (const job of await newestSnapshot(snapshots)) jobs.set(job.name, job);
  for (const { job, before, sent, result } of await openJournal(journal).changes(changes)) {
    const text = result?.outcome === 'written' ? (result.after ?? null) : before;
    const known = text === null ? null : jobOf(text);
    if (known !== null) jobs.set(job, known);
    // Deleted, or only asked for: no job of that name tells anything.
    else if (sent === null || result?.outcome === 'written') jobs.delete(job);
  }
  return [...jobs.values()];
}

async function newestSnapshot(folder: string): Promise<Job[]> {
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    const times = await Promise.all(
      names.map(async (name) => (await stat(join(folder, name))).mtimeMs),
    );
    const newest = names.reduce<number>(
      (best, _, at) => (times[at]! > (times[best] ?? 0) ? at : best),
      0,
    );
    const lines =
      names.length === 0 ? [] : (await beginning(join(folder, names[newest]!))).split('\n');
    return lines.map(jobOf).filter((job) => job !== null);
  } catch {
    return [];
  }
}

async function beginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A snapshot of ours has a job on each line; a line that is cut off is none. */
function jobOf(text: string): Job | null {
  if (text === '' || tooMuch(text) !== undefined) return null;
  try {
    const read = serverJob(parseJson(text));
    return 'job' in read ? read.job : null;
  } catch {
    return null;
  }
}

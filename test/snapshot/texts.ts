import { fileJobs } from '../../src/snapshot/file/file-jobs.ts';
import { type Found, isJob } from '../../src/snapshot/file/found.ts';

/** What a file of this content and name holds, when it arrives in pieces of this size. */
export function foundIn(content: string | Uint8Array, name = 'jobs', size = 1 << 20): Found[] {
  const bytes = Buffer.from(content);
  const reader = fileJobs(name);
  const found: Found[] = [];
  for (let at = 0; at < bytes.length; at += size)
    found.push(...reader.push(bytes.subarray(at, at + size)));
  found.push(...reader.end());
  return found;
}

/** The exact texts of the jobs in a file. */
export const textsIn = (content: string | Uint8Array): string[] =>
  foundIn(content).flatMap((one) => (isJob(one) ? [one.text] : []));

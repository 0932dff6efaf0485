/** A difference as unified text, of the files that `export --as yaml` makes of both sides. */
import { formatPatch, structuredPatch } from 'diff';
import { neatYaml } from '../../job/file/neat.ts';
import type { Job } from '../../job/job.ts';
import { maskJob, maskJobs } from '../../job/mask.ts';
import { ownName } from '../export/to-folder.ts';
import type { JobDifference } from './compare.ts';

/** Beyond so many changed lines all of them are taken out and put in again: the search would take minutes. */
const mostEdits = 4_000;

/**
 * As `git apply` and `patch -p1` take it in such a folder, where nothing is masked. "" where there is nothing
 * to say: of a job that cannot be read, and of JSON that differs in white space only.
 */
export function patchOf(difference: JobDifference, isMasked: boolean): string {
  const { name, kind } = difference;
  if (kind === 'unreadable') return '';
  const { before, after } = isMasked ? masked(difference) : difference;
  const [old, now] = [before, after].map((job) => (job === null ? '' : neatYaml(job)));
  if (old === now) return '';
  const file = ownName(name);
  const [from, to] = [before ? `a/${file}` : '/dev/null', after ? `b/${file}` : '/dev/null'];
  const options = { context: 3, maxEditLength: mostEdits };
  const patch = structuredPatch(from, to, old!, now!, undefined, undefined, options);
  return formatPatch(patch ?? replaced(from, to, old!, now!), {
    includeIndex: false,
    includeUnderline: false,
    includeFileHeaders: true,
  });
}

type Pair = Pick<JobDifference, 'before' | 'after'>;

function masked({ before, after }: Pair): Pair {
  const alone = (job: Job | null): Job | null => job && maskJob(job);
  if (before === null || after === null) return { before: alone(before), after: alone(after) };
  const [old, now] = maskJobs(before, after);
  return { before: old, after: now };
}

function replaced(from: string, to: string, old: string, now: string) {
  const [gone, come] = [linesOf(old), linesOf(now)];
  const hunk = {
    oldStart: 1,
    oldLines: gone.length,
    newStart: 1,
    newLines: come.length,
    lines: [...gone.map((line) => `-${line}`), ...come.map((line) => `+${line}`)],
  };
  return {
    oldFileName: from,
    newFileName: to,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [hunk],
  };
}

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

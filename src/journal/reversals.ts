/** What changes made of each job, read from what the journal keeps of them. */
import { CorruptFile } from '../base/errors.ts';
import { tooMuch } from '../job/bounds.ts';
import type { Job } from '../job/job.ts';
import { serverJob } from '../job/job-value.ts';
import { parseJson } from '../json/numbers.ts';
import { type JobThen, mayFollow } from './history/seen.ts';
import type { PastChange } from './lines.ts';

/** What operations made of one job; null for none. */
export interface Reversal {
  readonly name: string;
  /** As it was before the first of them. */
  readonly before: Job | null;
  /** As it was after the last of them: what was sent, where it is not known what became of that. */
  readonly after: Job | null;
  /** As it is where the last of them did not happen, which is not known; undefined where it did. */
  readonly instead: Job | null | undefined;
  /** Somebody else changed the job between two of them. */
  readonly disturbed: boolean;
}

/** One for each job of changes, which are oldest first: of one operation, or of several. */
export function reversalsOf(changes: readonly PastChange[]): Reversal[] {
  const steps = new Map<string, Step[]>();
  for (const change of changes) {
    const step = stepOf(change);
    const earlier = steps.get(change.job);
    if (earlier === undefined) steps.set(change.job, [step]);
    else earlier.push(step);
  }
  return [...steps].map(([name, all]) => ({
    name,
    before: all[0]!.before?.job ?? null,
    ...endOf(all.at(-1)!),
    disturbed: all.some(({ before }, at) => at > 0 && !mayFollow(before, all[at - 1]!)),
  }));
}

interface Step {
  readonly before: JobThen;
  readonly after: JobThen;
  readonly certain: boolean;
}

const endOf = ({ before, after, certain }: Step): Pick<Reversal, 'after' | 'instead'> => ({
  after: after?.job ?? null,
  instead: certain ? undefined : (before?.job ?? null),
});

const stepOf = (change: PastChange): Step => ({
  before: jobIn(change, change.before),
  after: jobIn(change, change.result?.after ?? change.sent),
  certain: change.result?.outcome === 'written',
});

function jobIn({ job }: PastChange, text: string | null): JobThen {
  if (text === null) return null;
  const read = tooMuch(text) === undefined ? jobOf(text) : null;
  if (read !== null) return { job: read, text };
  throw new CorruptFile(`a definition of ${job} in the journal is not a complete job`, {
    data: 'Nothing was changed.',
    next: "'dkron-tui journal --json' shows it as it is.",
  });
}

function jobOf(text: string): Job | null {
  try {
    const read = serverJob(parseJson(text));
    return 'job' in read ? read.job : null;
  } catch {
    return null;
  }
}

/** Whether all that the journal keeps of a change can be read, so that it can be taken back. */
export function isWhole(change: PastChange): boolean {
  try {
    reversalsOf([change]);
    return true;
  } catch {
    return false;
  }
}

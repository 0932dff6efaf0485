/** What the changes of an operation made of each job, read from what the journal keeps of them. */
import { CorruptFile } from '../base/errors.ts';
import { tooMuch } from '../job/bounds.ts';
import type { Job } from '../job/job.ts';
import { serverJob } from '../job/job-value.ts';
import { parseJson } from '../json/numbers.ts';
import type { PastChange } from './lines.ts';

/** What an operation made of one job; null for none. */
export interface Reversal {
  readonly name: string;
  readonly before: Job | null;
  /** What was sent, where it is not known what became of it. */
  readonly after: Job | null;
}

/** One for each job of the changes of an operation, which are oldest first as in the journal. */
export function reversalsOf(changes: readonly PastChange[]): Reversal[] {
  const reversals = new Map<string, Reversal>();
  for (const change of changes) {
    const { job: name } = change;
    const first = reversals.get(name);
    const before = first ? first.before : jobIn(change, change.before);
    const after = jobIn(change, change.result?.after ?? change.sent);
    reversals.set(name, { name, before, after });
  }
  return [...reversals.values()];
}

function jobIn({ job }: PastChange, text: string | null): Job | null {
  if (text === null) return null;
  const read = tooMuch(text) === undefined ? jobOf(text) : null;
  if (read !== null) return read;
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

/** What the journal knows of one job. */
import { CorruptFile } from '../../base/errors.ts';
import type { Job } from '../../job/job.ts';
import type { PastChange } from '../lines.ts';
import { reversalsOf } from '../reversals.ts';
import type { Change, JobThen } from './seen.ts';

/** The changes, and the ids of those whose definitions cannot be read. */
export function changesIn(past: readonly PastChange[]): {
  readonly changes: readonly Change[];
  readonly unreadable: readonly string[];
} {
  const changes: Change[] = [];
  const unreadable: string[] = [];
  for (const change of past) {
    const read = changeOf(change);
    if (read === null) unreadable.push(change.id);
    else changes.push(read);
  }
  return { changes, unreadable };
}

/** Null where a definition of it cannot be read. */
function changeOf(past: PastChange): Change | null {
  const [reversal] = readable(past);
  if (reversal === undefined) return null;
  const { id, at, result, who = null } = past;
  const before = stateOf(reversal.before, past.before);
  const after = stateOf(reversal.after, past.result?.after ?? past.sent);
  const isRefused = result?.outcome === 'refused';
  return {
    id,
    at: Date.parse(at),
    until: Date.parse(result?.at ?? at),
    before,
    after: isRefused ? before : after,
    certain: result?.outcome === 'written' || isRefused,
    who,
  };
}

function readable(past: PastChange): ReturnType<typeof reversalsOf> {
  try {
    return reversalsOf([past]);
  } catch (error) {
    if (error instanceof CorruptFile) return [];
    throw error;
  }
}

const stateOf = (job: Job | null, text: string | null): JobThen =>
  job === null || text === null ? null : { job, text };

/** Which operations an undo takes back. */
import { UsageError } from '../../base/errors.ts';
import type { Live } from '../../dkron/live.ts';
import type { Job } from '../../job/job.ts';
import type { FileJournal, PastChange } from '../../journal/file.ts';
import { type Newest, newestInEffect, type Reach } from '../../plan/undo.ts';
import { momentHelp, momentOf } from '../../view/moment.ts';
import { type Invocation, zoneFor } from '../invocation.ts';
import { changeCalled, operationCalled } from '../operation.ts';

export interface Which {
  readonly change?: string;
  readonly operation?: string;
  readonly count?: number;
  readonly to?: string;
  readonly backTo?: string;
}

/**
 * The time that the options go back to, ms since the epoch; null for none. Throws UsageError for what is no
 * time, and for one that is still to come.
 */
export function sinceOf(invocation: Invocation, { to }: Which): number | null {
  if (to === undefined) return null;
  const now = Date.now();
  const since = momentOf(to, now, zoneFor(invocation));
  if (since === null)
    throw new UsageError(`--to ${to} is no time`, { data: nothing, next: `write ${momentHelp}` });
  if (since > now)
    throw new UsageError(`--to ${to} is still to come`, {
      data: nothing,
      next: 'undo goes back: give a time that is over',
    });
  return since;
}

/** What the options name; the last operation unless they do. */
export async function operationsOf(
  journal: FileJournal,
  live: Live,
  { change, operation, backTo, count = 1 }: Which,
  since: number | null,
): Promise<Newest> {
  if (change !== undefined) return only([await changeCalled(journal, change)]);
  if (operation !== undefined) {
    const { key } = await operationCalled(journal, operation);
    return only(journal.toUndo(await journal.operation(key)));
  }
  if (backTo !== undefined)
    return newest(journal, live, { through: (await operationCalled(journal, backTo)).id });
  return newest(journal, live, since === null ? { count } : { since });
}

const only = (changes: readonly PastChange[]): Newest => ({
  operations: changes.length === 0 ? [] : [changes],
  passed: [],
});

function newest(journal: FileJournal, live: Live, reach: Reach): Promise<Newest> {
  const here = new Map<string, Job | 'unreadable'>(live.jobs.map((job) => [job.name, job]));
  for (const { name } of live.unreadable) here.set(name, 'unreadable');
  return newestInEffect(journal.operations(), async () => here, reach);
}

const nothing = 'nothing was written';

/** Which operations an undo takes back. */
import { NotFound, UsageError } from '../../base/errors.ts';
import type { Live } from '../../dkron/live.ts';
import type { Job } from '../../job/job.ts';
import type { FileJournal, PastChange } from '../../journal/file.ts';
import { type Newest, newestInEffect, type Reach } from '../../plan/undo.ts';
import { momentHelp, momentOf } from '../../view/moment.ts';
import { type Invocation, zoneFor } from '../invocation.ts';

export interface Which {
  readonly change?: string;
  readonly count?: number;
  readonly to?: string;
}

/** How far back the options say; throws UsageError for a moment that is none, or is still to come. */
export function reachOf(invocation: Invocation, { count = 1, to }: Which): Reach {
  if (to === undefined) return { count };
  const now = Date.now();
  const since = momentOf(to, now, zoneFor(invocation));
  if (since === null)
    throw new UsageError(`--to ${to} is no time`, { data: nothing, next: `write ${momentHelp}` });
  if (since > now)
    throw new UsageError(`--to ${to} is still to come`, {
      data: nothing,
      next: 'undo goes back: give a time that is over',
    });
  return { since };
}

export async function operationsOf(
  journal: FileJournal,
  live: Live,
  { change, reach }: { readonly change: string | undefined; readonly reach: Reach },
): Promise<Newest> {
  if (change === undefined) return newest(journal, live, reach);
  return { operations: [[await changeCalled(journal, change)]], passed: [] };
}

function newest(journal: FileJournal, live: Live, reach: Reach): Promise<Newest> {
  const here = new Map<string, Job | 'unreadable'>(live.jobs.map((job) => [job.name, job]));
  for (const { name } of live.unreadable) here.set(name, 'unreadable');
  return newestInEffect(journal.operations(), async () => here, reach);
}

/** The change whose id begins so; throws NotFound, and UsageError where several do. */
async function changeCalled(journal: FileJournal, id: string): Promise<PastChange> {
  const [change, ...more] = (await journal.changes()).filter((one) => one.id.startsWith(id));
  if (change === undefined)
    throw new NotFound(`no change in the journal has the id ${id}`, {
      data: nothing,
      next: "'dkron-tui journal NAME' lists the changes of a job with their ids",
    });
  if (more.length > 0)
    throw new UsageError(`the ids of ${more.length + 1} changes begin with ${id}`, {
      data: nothing,
      next: "give more characters of it: 'dkron-tui journal --json' has the full ids",
    });
  return change;
}

const nothing = 'nothing was written';

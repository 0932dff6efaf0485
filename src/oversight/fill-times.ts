/** Learns how long jobs take within a budget, for a command that has to know. */
import { noneFor } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { timesOf } from '../dkron/run-times.ts';
import type { JobFacts } from '../job/job.ts';
import type { RunTimes } from '../job/run-times/times.ts';
import { endsOf } from './judge.ts';
import { joinedTimes, type KnownTimes, type TimesFile } from './kept-times.ts';
import { isUnread } from './unread-times.ts';

export interface FillOptions {
  readonly file: TimesFile;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** How long it may take, ms. */
  readonly budget: number;
}

export interface Filled {
  readonly times: KnownTimes;
  /** Of so many jobs that ran it is not known how long that took, or not lately. */
  readonly unread: number;
}

/** Those of which nothing is known come first. What was learnt is kept, whatever comes after. */
export async function fillTimes(
  dkron: Pick<Dkron, 'executions'>,
  rows: readonly JobFacts[],
  { file, signal, now, budget }: FillOptions,
): Promise<Filled> {
  const known = await file.read();
  const begun = now();
  const isNew = (row: JobFacts): boolean => isUnread(row, known, begun) === true;
  const isOld = (row: JobFacts): boolean => isUnread(row, known, begun) === 'again';
  const unread = [...rows.filter(isNew), ...rows.filter(isOld)];
  const learnt = new Map<string, RunTimes>();
  let failed = 0;
  for (const row of unread) {
    if (now() - begun >= budget || signal.aborted) break;
    const answer = await dkron.executions(row.name, { signal, outputLimit: 0 }).catch(noneFor);
    if (answer === null) failed += 1;
    else learnt.set(row.name, timesOf(answer.value, { at: now(), ends: endsOf(row) }));
    // A server that refuses each of them is not asked for all.
    if (failed >= mostFailed) break;
  }
  if (learnt.size > 0) await file.keep(learnt, now()).catch(noneFor);
  return { times: joinedTimes(known, learnt), unread: unread.length - learnt.size };
}

const mostFailed = 3;

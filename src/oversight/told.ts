/** What the details of a job say of its trouble, a line each; none where it is in none. */
import type { JobFacts } from '../job/job.ts';
import type { Reader } from './firing.ts';
import { countOf } from './report.ts';
import type { Verdict } from './verdict.ts';
import { allowWords, type Way, waysOut } from './ways.ts';
import { type Clock, causeWords, firingWords } from './words.ts';

export interface TellOptions extends Reader {
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
  readonly clock: Clock;
  /** How one goes each way: a key, or a command. */
  readonly ways: Readonly<Record<Way, string>>;
}

export function troubleLines(
  job: JobFacts,
  verdict: Verdict,
  { now, clock, ways, ...reader }: TellOptions,
): readonly string[] {
  const { cause } = verdict;
  const { version } = reader;
  const count = countOf(job, verdict, now, reader);
  const more: Readonly<Record<Way, string>> = {
    run: 'runs it now',
    clear: 'erases its executions and counters, and with them that run; there is no undo',
    allow: allowWords(cause, version),
    tags: 'changes its tags; or start a node that has them',
  };
  return [
    firingWords(verdict, now, count, clock),
    causeWords(cause, clock, version),
    ...waysOut(verdict, version).map((way) => `${ways[way]} ${more[way]}`),
  ].filter((line) => line !== '');
}

/** `backup --with-executions`: what the jobs did, in a file beside their snapshot. */
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../base/clock.ts';
import { andMore, counted } from '../base/counted.ts';
import type { Dkron } from '../dkron/client.ts';
import type { ExecutionsRead } from '../snapshot/take/executions.ts';
import { plain } from '../view/line.ts';
import { shortSpan } from '../view/short.ts';
import type { Io } from './io.ts';
import { printLines, printNote } from './output.ts';
import { progressLine } from './progress.ts';

export interface ExecutionFlags {
  readonly withExecutions?: boolean;
  /** Seconds. */
  readonly executionsBudget: number;
  readonly outputLimit: number;
}

export const executionOptions = (command: Command): Command =>
  command
    .option(
      '--with-executions',
      'also save the last executions of each job, for reading, in FILE.executions',
    )
    .option(
      '--executions-budget <seconds>',
      'how long to read them at most: each job costs Dkron a look through all that it stores',
      wholeNumber(1),
      60,
    )
    .option(
      '--output-limit <bytes>',
      'of each output so many bytes from its end; 0 for none, -1 for all',
      wholeNumber(-1),
      4_000,
    );

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^-?\d{1,9}$/.test(text) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  };

/** Saves them beside a snapshot, and shows how far it is where that is wanted. */
export async function executionsOf(
  io: Io,
  dkron: Dkron,
  snapshot: string,
  { executionsBudget, outputLimit, isShown }: ExecutionFlags & { readonly isShown: boolean },
): Promise<ExecutionsRead> {
  const { saveExecutions } = await import('../snapshot/take/executions.ts');
  const line = progressLine(io, isShown);
  const began = performance.now();
  return saveExecutions(dkron, snapshot, {
    budget: executionsBudget * 1_000,
    outputLimit,
    clock: systemClock,
    signal: io.signal,
    onProgress: ({ jobs }, total) => {
      const spent = shortSpan(performance.now() - began);
      const text = `executions of ${jobs} of ${counted(total)} · ${spent} of ${shortSpan(executionsBudget * 1_000)}`;
      line.tell(text, jobs / total);
    },
  }).finally(line.end);
}

/** What was saved, where that is wanted, and always what was not. */
export function printExecutions(
  io: Io,
  { path, jobs, executions, unread }: ExecutionsRead,
  isWanted: boolean,
): void {
  if (isWanted)
    printLines(io, [[plain(`${path}  ${counted(executions, 'execution')} of ${counted(jobs)}`)]]);
  const [first] = unread;
  if (first === undefined) return;
  const names = andMore(
    unread.map(({ name }) => name),
    told,
  );
  printNote(
    io,
    `the executions of ${counted(unread.length)} were not read: ${names}: ${first.why}`,
  );
}

const told = 5;

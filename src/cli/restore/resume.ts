/** `restore --resume` and `--discard`: what becomes of an operation that was interrupted. */
import type { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import { counted } from '../../base/counted.ts';
import { type ExitName, UsageError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { writable } from '../../plan/compare.ts';
import { findRest } from '../../plan/unfinished/resume.ts';
import type { Taken } from '../../plan/unfinished/store.ts';
import { begunText } from '../../plan/unfinished/words.ts';
import { bold, plain } from '../../view/line.ts';
import { aboutOf, type ChangeFlags, change } from '../change.ts';
import { type Reached, reach } from '../cluster.ts';
import { withDkron } from '../connect.ts';
import type { Invocation } from '../invocation.ts';
import { printJson, printLines } from '../output.ts';
import { waiting } from '../results.ts';
import { unfinishedOf } from '../unfinished.ts';
import { showPlan } from './show.ts';

export interface ResumeFlags extends ChangeFlags {
  readonly resume?: boolean;
  readonly discard?: boolean;
  readonly operation?: string;
}

export const resumeOptions = (command: Command): Command =>
  command
    .option('--resume', 'finish the operation on several jobs that was interrupted last')
    .option('--discard', 'do not finish it: what is written stays, and undo can take it back')
    .option('--operation <id>', 'of several that were interrupted: the one whose id begins so');

export const isResume = ({ resume, discard, operation }: ResumeFlags): boolean =>
  resume === true || discard === true || operation !== undefined;

/** Finishes what was interrupted, or forgets it. Throws UsageError for words that say both, or something else. */
export function finish(
  invocation: Invocation,
  words: readonly string[],
  flags: ResumeFlags,
): Promise<ExitName> {
  const { resume = false, discard = false, operation } = flags;
  if (resume === discard) throw misused('give either --resume or --discard');
  if (words.length > 0) throw misused('--resume and --discard take no file and no names');
  return withDkron(invocation, async (dkron) => {
    const reached = await reach(invocation, dkron, 'memory');
    const taken = await unfinishedOf(reached.here).take(operation);
    try {
      return discard
        ? await forget(reached, dkron, taken)
        : await goOn(reached, dkron, taken, flags);
    } finally {
      await taken.release();
    }
  });
}

const misused = (message: string): UsageError =>
  new UsageError(message, {
    data: 'nothing was written',
    next: "'dkron-tui restore --resume --dry-run' shows what is left",
  });

async function forget(reached: Reached, dkron: Dkron, taken: Taken): Promise<ExitName> {
  const { io, json } = reached;
  await taken.end([]);
  const { operation, title, at, jobs } = taken;
  if (json)
    printJson(io, { ...aboutOf(reached, dkron), discarded: { operation, title, at, jobs } });
  else
    printLines(io, [
      [plain(`not finished, and forgotten: ${begunText(taken, Date.now())}`)],
      [plain('What of it was written stays; undo can take it back.')],
    ]);
  return 'ok';
}

async function goOn(
  reached: Reached,
  dkron: Dkron,
  taken: Taken,
  flags: ResumeFlags,
): Promise<ExitName> {
  const { io, here } = reached;
  const { operation, safety, title, at } = taken;
  const { plan, live } = await findRest(dkron, taken, {
    journal: here.journal,
    clock: systemClock,
    elsewhere: (signal) => here.guard.check(signal),
    signal: io.signal,
    onWait: waiting(io),
  });
  const chosen = new Set(plan.items.map(({ name }) => name));
  const exit = await change(
    reached,
    dkron,
    {
      title: (names) => `Finish what was begun (${title}): ${counted(names.length)}`,
      plan,
      live,
      chosen,
      partly: true,
      whole: true,
      resumes: { operation, safety },
      begin: async () => taken.end,
      about: { resumed: { operation, title, at } },
      show: (to, checked, form) => {
        const heading = [bold(begunText(taken, Date.now())), plain(': ')];
        showPlan(to, checked, { ...form, chosen, title: heading });
      },
    },
    flags,
  );
  // All that could be done is done; what is blocked was told.
  if (!flags.dryRun && writable(plan).length === 0) await taken.end([]);
  return exit;
}

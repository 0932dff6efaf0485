import { type Command, Option } from 'commander';
import { andMore, counted } from '../../base/counted.ts';
import { ChangedMeanwhile, type ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { PastChange } from '../../journal/file.ts';
import { reversalsOf } from '../../journal/reversals.ts';
import { writable } from '../../plan/compare.ts';
import type { RestorePlan } from '../../plan/model.ts';
import {
  evenChanged,
  type Newest,
  type PassedOver,
  planUndo,
  type Reach,
} from '../../plan/undo.ts';
import { plain } from '../../view/line.ts';
import { momentHelp } from '../../view/moment.ts';
import { operationText } from '../../view/past-operation.ts';
import { shortSpan } from '../../view/short.ts';
import { aboutOf, type ChangeFlags, change, changeOptions } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { withCluster } from '../connect.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { printPassedOver } from '../journal.ts';
import { liveJobs } from '../live.ts';
import { atLeastOne } from '../numbers.ts';
import { printJson, printLines, printNote } from '../output.ts';
import { forgetUndone } from '../unfinished.ts';
import { operationsOf, reachOf, type Which } from './which.ts';

interface UndoFlags extends ChangeFlags, Which {
  readonly evenChanged?: boolean;
}

export function registerUndoCommand(program: Command): void {
  const command = program
    .command('undo')
    .description('undo the last change made to this cluster from this machine')
    .addOption(
      new Option('--count <n>', 'undo the last N operations, as one')
        .argParser(atLeastOne)
        .conflicts(['to', 'change']),
    )
    .addOption(
      new Option('--to <time>', `undo all that was done since this time (${momentHelp})`).conflicts(
        'change',
      ),
    )
    .option('--change <id>', "undo this change, by its id in 'dkron-tui journal', not the last one")
    .option('--even-changed', 'undo also what was changed again since')
    .addHelpText('after', help);
  changeOptions(command).action(async (flags: UndoFlags) => {
    const invocation = invocationOf(command);
    // Before the server is asked anything.
    const reach = reachOf(invocation, flags);
    const exit = await withCluster(invocation, 'memory', (dkron, reached) =>
      undo(reached, dkron, reach, flags),
    );
    endWith(command, exit);
  });
}

const help = `
Jobs that were changed together are undone together. A created job is deleted; a deleted job is
created again, without its history. A job that somebody changed again since stays as it is, and is
named. An undo can be undone.`;

async function undo(
  invocation: Reached,
  dkron: Dkron,
  reach: Reach,
  flags: UndoFlags,
): Promise<ExitName> {
  const { io, json } = invocation;
  const { journal } = invocation.here;
  const live = await liveJobs(invocation, dkron);
  const found = await operationsOf(journal, live, { change: flags.change, reach });
  const { operations, passed } = found;
  printPassedOver(io, journal);
  for (const one of passed) printNote(io, `skipped: ${whyPassed(one)}`);
  if (operations.length === 0) {
    if (json) printJson(io, { ...aboutOf(invocation, dkron), plan: [] });
    else
      printLines(io, [[plain(`${nothingText(found, reach)} on ${dkron.url} from this machine`)]]);
    return 'ok';
  }
  const all = planUndo(reversalsOf(operations.toReversed().flat()), live);
  const plan = flags.evenChanged ? evenChanged(all) : all;
  const left = leftIn(plan);
  const gone = passed.find(({ happened }) => happened);
  if (flags.yes && !flags.dryRun && gone) throw takenBack(dkron, gone);
  if (!flags.dryRun && left.length > 0 && writable(plan).length === 0) throw allLeft(dkron, left);
  const notes = left.map(({ name, why }) => `${name} stays as it is: ${why}`);
  const about = left.length === 0 ? {} : { left };
  const wish = { title: titleOf(operations), plan, live, notes, about };
  const exit = await change(invocation, dkron, wish, flags);
  if (exit === 'ok' && !flags.dryRun)
    await forgetUndone(invocation, new Set(operations.flat().map(({ operation }) => operation)));
  return exit === 'ok' && left.length > 0 ? 'partial' : exit;
}

const leftIn = ({ items }: RestorePlan) =>
  items.flatMap(({ name, left }) => (left === undefined ? [] : [{ name, why: left }]));

function nothingText({ passed }: Newest, reach: Reach): string {
  const since = 'since' in reach ? ` since ${new Date(reach.since).toISOString()}` : '';
  return passed.length === 0 ? `nothing was changed${since}` : `nothing is left to undo${since}`;
}

function titleOf(operations: readonly (readonly PastChange[])[]): string {
  const oldest = operations.at(-1)!;
  if (operations.length === 1) return `Undo the ${whatAndWhen(oldest)},`;
  const jobs = namesIn(operations.flat()).size;
  return `Undo ${counted(operations.length, 'operation')} on ${counted(jobs)}, back to before the ${whatAndWhen(oldest)},`;
}

const whyPassed = ({ changes, happened }: PassedOver): string =>
  `the ${whatAndWhen(changes)}, ${happened ? 'is already undone' : 'did not happen, or is already undone'}`;

/** `restore of 42 jobs from backup-dkron_…, 3m ago`. */
function whatAndWhen(changes: readonly PastChange[]): string {
  const { what, source, job, at } = changes[0]!;
  const origin = { ...(what !== undefined && { what }), ...(source !== undefined && { source }) };
  const text = operationText({ ...origin, job, jobs: namesIn(changes).size });
  return `${text}, ${shortSpan(Date.now() - Date.parse(at))} ago`;
}

const namesIn = (changes: readonly PastChange[]): ReadonlySet<string> =>
  new Set(changes.map(({ job }) => job));

/** Who undoes the last change does not mean the one before it unseen. */
const takenBack = ({ url }: Dkron, gone: PassedOver): ChangedMeanwhile =>
  new ChangedMeanwhile(`${whyPassed(gone)} on ${url}`, {
    data: 'nothing was written',
    next: "'dkron-tui undo --dry-run' shows the change before it; without --yes it asks",
  });

const allLeft = ({ url }: Dkron, left: ReturnType<typeof leftIn>): ChangedMeanwhile =>
  new ChangedMeanwhile(
    `${andMore(
      left.map(({ name }) => name),
      mentioned,
    )} on ${url} changed again since`,
    {
      data: 'nothing was written',
      next: "'dkron-tui undo --even-changed' undoes that too; with --dry-run it shows what would be lost",
    },
  );

const mentioned = 5;

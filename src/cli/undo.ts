import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { ChangedMeanwhile, type ExitName, NotFound, UsageError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Live } from '../dkron/live.ts';
import type { Job } from '../job/job.ts';
import type { FileJournal, PastChange } from '../journal/file.ts';
import { reversalsOf } from '../journal/reversals.ts';
import { type Newest, newestInEffect, type PassedOver, planUndo } from '../plan/undo.ts';
import { plain } from '../view/line.ts';
import { shortSpan } from '../view/short.ts';
import { aboutOf, type ChangeFlags, change, changeOptions } from './change.ts';
import type { Reached } from './cluster.ts';
import { withCluster } from './connect.ts';
import { endWith, invocationOf } from './invocation.ts';
import { printPassedOver } from './journal.ts';
import { liveJobs } from './live.ts';
import { printJson, printLines, printNote } from './output.ts';

interface UndoFlags extends ChangeFlags {
  readonly change?: string;
}

export function registerUndoCommand(program: Command): void {
  const command = program
    .command('undo')
    .description('undo the last change made to this cluster from this machine')
    .option('--change <id>', "undo this change, by its id in 'dkron-tui journal', not the last one")
    .addHelpText(
      'after',
      '\nJobs that were changed together are undone together. A created job is deleted; a deleted job is\ncreated again, without its history. An undo can be undone.',
    );
  changeOptions(command).action(async (flags: UndoFlags) => {
    const invocation = invocationOf(command);
    const exit = await withCluster(invocation, 'memory', (dkron, reached) =>
      undo(reached, dkron, flags),
    );
    endWith(command, exit);
  });
}

async function undo(invocation: Reached, dkron: Dkron, flags: UndoFlags): Promise<ExitName> {
  const { io, json } = invocation;
  const { journal } = invocation.here;
  const live = await liveJobs(invocation, dkron);
  const { changes, passed } =
    flags.change === undefined
      ? await newest(journal, live)
      : { changes: [await changeCalled(journal, flags.change)], passed: [] };
  printPassedOver(io, journal);
  for (const one of passed) printNote(io, `skipped: ${whyPassed(one)}`);
  const [first] = changes;
  if (first === undefined) {
    const what = passed.length === 0 ? 'nothing was changed' : 'nothing is left to undo';
    if (json) printJson(io, { ...aboutOf(invocation, dkron), plan: [] });
    else printLines(io, [[plain(`${what} on ${dkron.url} from this machine`)]]);
    return 'ok';
  }
  const { plan, since } = planUndo(reversalsOf(changes), live);
  const blind = flags.yes && !flags.dryRun;
  const gone = passed.find(({ happened }) => happened);
  if (blind && gone) throw takenBack(dkron, gone);
  if (blind && since.length > 0) throw changedSince(dkron, since);
  const notes = since.map((name) => `${name} was changed again since: that is undone too`);
  const title = `Undo the change of ${what(changes)}, ${agoText(first)},`;
  return change(invocation, dkron, { title, plan, live, notes }, flags);
}

function newest(journal: FileJournal, live: Live): Promise<Newest> {
  const here = new Map<string, Job | 'unreadable'>(live.jobs.map((job) => [job.name, job]));
  for (const { name } of live.unreadable) here.set(name, 'unreadable');
  return newestInEffect(journal.operations(), async () => here);
}

/** The change whose id begins so; throws NotFound, and UsageError where several do. */
async function changeCalled(journal: FileJournal, id: string): Promise<PastChange> {
  const [change, ...more] = (await journal.changes()).filter((one) => one.id.startsWith(id));
  if (change === undefined)
    throw new NotFound(`no change in the journal has the id ${id}`, {
      data: 'nothing was written',
      next: "'dkron-tui journal' lists the changes with their ids",
    });
  if (more.length > 0)
    throw new UsageError(`the ids of ${more.length + 1} changes begin with ${id}`, {
      data: 'nothing was written',
      next: "give more characters of it: 'dkron-tui journal --json' has the full ids",
    });
  return change;
}

const whyPassed = ({ changes, happened }: PassedOver): string => {
  const which = `the change of ${what(changes)}, ${agoText(changes[0]!)},`;
  return `${which} ${happened ? 'is already undone' : 'did not happen, or is already undone'}`;
};

/** Who undoes the last change does not mean the one before it unseen. */
const takenBack = ({ url }: Dkron, gone: PassedOver): ChangedMeanwhile =>
  new ChangedMeanwhile(`${whyPassed(gone)} on ${url}`, {
    data: 'nothing was written',
    next: "'dkron-tui undo --dry-run' shows the change before it; without --yes it asks",
  });

/** Nobody has seen what would be lost. */
const changedSince = (dkron: Dkron, names: readonly string[]): ChangedMeanwhile =>
  new ChangedMeanwhile(`${names.join(', ')} on ${dkron.url} changed again since`, {
    data: 'nothing was written',
    next: "'dkron-tui undo --dry-run' shows what would be undone; without --yes it asks",
  });

function what(changes: readonly PastChange[]): string {
  const names = new Set(changes.map(({ job }) => job));
  return names.size === 1 ? [...names].join() : counted(names.size);
}

const agoText = ({ at }: PastChange): string => `${shortSpan(Date.now() - Date.parse(at))} ago`;

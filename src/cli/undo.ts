import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { ChangedMeanwhile, type ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { openJournal, type PastChange } from '../journal/file.ts';
import { reversalsOf } from '../journal/reversals.ts';
import { newestInEffect, type PassedOver, planUndo } from '../plan/undo.ts';
import { plain } from '../view/line.ts';
import { shortSpan } from '../view/short.ts';
import { type ChangeFlags, change, changeOptions } from './change.ts';
import { withDkron } from './connect.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { printPassedOver } from './journal.ts';
import { liveJobs } from './live.ts';
import { printJson, printLines, printNote } from './output.ts';

export function registerUndoCommand(program: Command): void {
  const command = program
    .command('undo')
    .description('take back what was changed last on this server from this machine')
    .addHelpText(
      'after',
      '\nAll jobs that were changed together go back together: what was created is deleted, what was\ndeleted is created again, without its history. An undo can be undone.',
    );
  changeOptions(command).action(async (flags: ChangeFlags) => {
    const invocation = invocationOf(command);
    endWith(command, await withDkron(invocation, (dkron) => undo(invocation, dkron, flags)));
  });
}

async function undo(invocation: Invocation, dkron: Dkron, flags: ChangeFlags): Promise<ExitName> {
  const { io, json } = invocation;
  const journal = openJournal(io.places.journal(dkron.url));
  const live = await liveJobs(invocation, dkron);
  const here = new Map<string, Job | 'unreadable'>(live.jobs.map((job) => [job.name, job]));
  for (const { name } of live.unreadable) here.set(name, 'unreadable');
  const { changes, passed } = await newestInEffect(journal.operations(), async () => here);
  printPassedOver(io, journal);
  for (const one of passed) printNote(io, `passed over: ${whyPassed(one)}`);
  const [first] = changes;
  if (first === undefined) {
    const what = passed.length === 0 ? 'nothing was changed' : 'nothing is left to undo';
    if (json) printJson(io, { server: dkron.url, plan: [] });
    else printLines(io, [[plain(`${what} on ${dkron.url} from this machine`)]]);
    return 'ok';
  }
  const { plan, since } = planUndo(reversalsOf(changes), live);
  const blind = flags.yes && !flags.dryRun;
  const gone = passed.find(({ happened }) => happened);
  if (blind && gone) throw takenBack(dkron, gone);
  if (blind && since.length > 0) throw changedSince(dkron, since);
  const notes = since.map((name) => `${name} was changed again since: that is taken back as well`);
  const title = `Take back the change of ${what(changes)}, ${agoText(first)},`;
  return change(invocation, dkron, { title, plan, live, notes }, flags);
}

const whyPassed = ({ changes, happened }: PassedOver): string => {
  const which = `the change of ${what(changes)}, ${agoText(changes[0]!)},`;
  return `${which} ${happened ? 'is taken back already' : 'did not happen, or is taken back'}`;
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
    next: "'dkron-tui undo --dry-run' shows what would be taken back; without --yes it asks",
  });

function what(changes: readonly PastChange[]): string {
  const names = new Set(changes.map(({ job }) => job));
  return names.size === 1 ? [...names].join() : counted(names.size);
}

const agoText = ({ at }: PastChange): string => `${shortSpan(Date.now() - Date.parse(at))} ago`;

import { type Command, Option } from 'commander';
import { andMore } from '../../base/counted.ts';
import { ChangedMeanwhile, type ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { reversalsOf } from '../../journal/reversals.ts';
import { writable } from '../../plan/compare.ts';
import type { RestorePlan } from '../../plan/model.ts';
import { evenChanged, type Newest, type PassedOver, planUndo } from '../../plan/undo.ts';
import { plain } from '../../view/line.ts';
import { momentHelp } from '../../view/moment.ts';
import { pastText, undoneText } from '../../view/past-operation.ts';
import { aboutOf, type ChangeFlags, change } from '../change.ts';
import { changeOptions } from '../change-options.ts';
import type { Reached } from '../cluster.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { printPassedOver } from '../journal.ts';
import { liveJobs } from '../live.ts';
import { atLeastOne } from '../numbers.ts';
import { printJson, printLines, printNote } from '../output.ts';
import { withCluster } from '../with-cluster.ts';
import { operationsOf, sinceOf, type Which } from './which.ts';

interface UndoFlags extends ChangeFlags, Which {
  readonly evenChanged?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('undo')
    .description('undo the last change made to this cluster from this machine')
    .addOption(
      new Option('--count <n>', 'undo the last N operations, as one')
        .argParser(atLeastOne)
        .conflicts(['to', 'operation', 'change']),
    )
    .addOption(
      new Option('--to <time>', `undo all that was done since this time (${momentHelp})`).conflicts(
        ['operation', 'change'],
      ),
    )
    .addOption(
      new Option('--back-to <id>', 'undo this operation and all that came after it').conflicts([
        'count',
        'to',
        'operation',
        'change',
      ]),
    )
    .addOption(
      new Option(
        '--operation <id>',
        "undo this operation, by its id in 'dkron-tui journal', not the last one",
      ).conflicts('change'),
    )
    .option('--change <id>', "undo this change alone, by its id in 'dkron-tui journal NAME'")
    .option('--even-changed', 'undo also what was changed again since')
    .addHelpText('after', help);
  changeOptions(command).action(async (flags: UndoFlags) => {
    const invocation = invocationOf(command);
    // Before the server is asked anything.
    const since = sinceOf(invocation, flags);
    const exit = await withCluster(invocation, 'memory', (dkron, reached) =>
      undo(reached, dkron, since, flags),
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
  since: number | null,
  flags: UndoFlags,
): Promise<ExitName> {
  const { io, json } = invocation;
  const { journal } = invocation.here;
  const live = await liveJobs(invocation, dkron);
  const found = await operationsOf(journal, live, flags, since);
  const { operations, passed } = found;
  printPassedOver(io, journal);
  for (const one of passed) printNote(io, `skipped: ${whyPassed(one)}`);
  if (operations.length === 0) {
    if (json) printJson(io, { ...aboutOf(invocation, dkron), plan: [] });
    else
      printLines(io, [[plain(`${nothingText(found, since)} on ${dkron.url} from this machine`)]]);
    return 'ok';
  }
  const undoes = operations.map(([change]) => change!.operation ?? change!.id);
  const whole = flags.change === undefined ? undoes : [];
  const all = planUndo(reversalsOf(operations.toReversed().flat()), live, whole);
  const plan = flags.evenChanged ? evenChanged(all) : all;
  const left = leftIn(plan);
  const gone = passed.find(({ happened }) => happened);
  if (flags.yes && !flags.dryRun && gone) throw takenBack(dkron, gone);
  if (!flags.dryRun && left.length > 0 && writable(plan).length === 0) throw allLeft(dkron, left);
  const notes = left.length === 0 ? [] : [leftText(left)];
  const about = { undoes, ...(left.length > 0 && { left }) };
  const wish = { title: `Undo ${undoneText(operations, Date.now())},`, plan, live, notes, about };
  const exit = await change(invocation, dkron, wish, flags);
  return exit === 'ok' && left.length > 0 ? 'partial' : exit;
}

const leftText = (left: ReturnType<typeof leftIn>): string => {
  const names = andMore(
    left.map(({ name }) => name),
    mentioned,
  );
  const stay = left.length === 1 ? 'stays as it is' : 'stay as they are';
  return `${names}: ${stay}; --even-changed undoes that too`;
};

const leftIn = ({ items }: RestorePlan) =>
  items.flatMap(({ name, left }) => (left === undefined ? [] : [{ name, why: left }]));

function nothingText({ passed }: Newest, since: number | null): string {
  const what = passed.length === 0 ? 'nothing was changed' : 'nothing is left to undo';
  return since === null ? what : `${what} since ${new Date(since).toISOString()}`;
}

const whyPassed = ({ changes, happened }: PassedOver): string =>
  `the ${pastText(changes, Date.now())}, ${happened ? 'is already undone' : 'did not happen, or is already undone'}`;

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

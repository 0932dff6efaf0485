/** `run-again`: the headless twin of the console's list of jobs to run again. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { counted } from '../../base/counted.ts';
import { type ExitName, UsageError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { readNodes } from '../../dkron/nodes.ts';
import { jobStatus, type Standings, standingOf } from '../../job/status.ts';
import { isToRun, restOf, toAsk } from '../../plan/again/choose.ts';
import { type AgainAround, planAgain } from '../../plan/again/plan.ts';
import { type AgainStore, openAgain } from '../../plan/again/record.ts';
import { forgottenText, usualAtOnce } from '../../plan/again/words.ts';
import type { Reached } from '../cluster.ts';
import { confirm } from '../confirm.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { checkedFilter, filterHelp, filterWords, jobsMatching } from '../jobs.ts';
import { printJson, printNote } from '../output.ts';
import { filterOf, viewOption } from '../view.ts';
import { withCluster } from '../with-cluster.ts';
import { carryOut } from './carry-out.ts';
import { showList } from './show.ts';

export interface AgainFlags {
  readonly view?: string;
  readonly atOnce: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly resume?: boolean;
  readonly discard?: boolean;
}

export function register(program: Command): void {
  program
    .command('run-again')
    .description('run what failed or was missed once more, parents first, and wait until it ends')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .option('--at-once <n>', 'how many to run at a time (4)', atOnce, usualAtOnce)
    .option('--dry-run', 'show which jobs would run, and run none; exit code 3 if there are any')
    .option('--yes', 'do not ask for confirmation')
    .option('--resume', 'go on with a list that was interrupted; none of it runs twice')
    .option('--discard', 'do not go on with it')
    .addHelpText('after', help)
    .action(async (words: string[], flags: AgainFlags, command: Command) => {
      const invocation = invocationOf(command);
      const filter = filterOf(invocation.target, words, flags.view);
      const { resume = false, discard = false } = flags;
      if ((resume && discard) || ((resume || discard) && filter !== '')) throw misused();
      const work = discard ? forget : resume ? goOn : begin;
      endWith(
        command,
        await withCluster(invocation, resume || discard ? 'memory' : 'change', (dkron, reached) =>
          work(reached, dkron, flags, filter),
        ),
      );
    });
}

const help = `
Without a word all jobs that failed, are late or go nowhere, or were missed; of a filter those of them that
it lets through. With status: in it, all jobs that it lets through.
Each is asked for once, whatever happens to the connection: where no answer comes, it is looked whether it
runs, and where that cannot be told either, it may have started, and is not asked for again.
A job whose marked parent runs first is not asked for, where Dkron starts it after a success of that.
Disabled jobs, jobs with concurrency forbid that run, and jobs that no living node takes are left out.
Ctrl-C: what was asked for goes on, the others are not started; --resume goes on with them, also after
a crash.
Exit code 0: all succeeded. 4: some did not. 10: of some it is not known whether they ran.
${filterHelp()}`;

function atOnce(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new InvalidArgumentError(`It must be a number from 1 to ${most}.`);
}

/** Each has a connection of its own until its run has ended. */
const most = 32;

const misused = (): UsageError =>
  new UsageError('--resume and --discard take no filter, and not each other', {
    data: 'nothing was sent',
    next: "'dkron-tui run-again --resume --dry-run' shows what is left",
  });

const storeOf = ({ here }: Reached): AgainStore => openAgain(here.places.again);

async function begin(
  reached: Reached,
  dkron: Dkron,
  flags: AgainFlags,
  filter: string,
): Promise<ExitName> {
  const { io, json } = reached;
  const holds = checkedFilter(filter);
  const wanted = isToRun(filter);
  const { jobs: listed, standings, around } = await lookAround(reached, dkron);
  const chosen = listed.filter((job) => {
    const standing = standingOf(standings, job.name);
    return holds(job, standing) && wanted(jobStatus(job, standing));
  });
  const items = planAgain(chosen, around);
  if (flags.dryRun === true && json) printJson(io, items);
  else if (!json) showList(io, items);
  const count = toAsk(items);
  if (flags.dryRun === true) return count === 0 ? 'ok' : 'differs';
  if (count === 0) {
    if (json) printJson(io, []);
    return items.length === 0 ? 'ok' : 'refused';
  }
  const agreed = await agree(reached, dkron, flags, count);
  const record = await storeOf(reached).begin(items);
  return carryOut(reached, dkron, { items, record, agreed, atOnce: flags.atOnce });
}

async function goOn(reached: Reached, dkron: Dkron, flags: AgainFlags): Promise<ExitName> {
  const { io, json } = reached;
  const { record, ...begun } = await storeOf(reached).take();
  let isTaken = true;
  try {
    const { byName, around } = await lookAround(reached, dkron);
    const items = restOf(begun, byName, around);
    if (flags.dryRun === true && json) printJson(io, items);
    else if (!json) showList(io, items, begun);
    const count = toAsk(items, begun);
    if (flags.dryRun === true) return count === 0 ? 'ok' : 'differs';
    const agreed = count === 0 ? null : await agree(reached, dkron, flags, count);
    isTaken = false;
    return await carryOut(reached, dkron, { items, record, begun, agreed, atOnce: flags.atOnce });
  } finally {
    if (isTaken) await record.end(false);
  }
}

async function forget(reached: Reached): Promise<ExitName> {
  const { io, json } = reached;
  await storeOf(reached).forget();
  if (json) printJson(io, { discarded: true });
  else printNote(io, forgottenText);
  return 'ok';
}

const agree = (
  reached: Reached,
  { url }: Dkron,
  { yes = false, atOnce }: AgainFlags,
  count: number,
): Promise<string | null> => {
  const turns = count > atOnce ? `, ${atOnce} at a time` : '';
  const typed = count > 1 ? String(count) : undefined;
  return confirm(reached, `Run ${counted(count)} again on ${url} now${turns}?`, yes, typed);
};

async function lookAround(reached: Reached, dkron: Dkron) {
  const { io, target } = reached;
  const [{ jobs, standings }, nodes] = await Promise.all([
    jobsMatching(dkron, '', io.signal, target),
    readNodes(dkron, { signal: io.signal }),
  ]);
  const listed = jobs.map(({ job }) => job);
  const byName = new Map(listed.map((job) => [job.name, job]));
  const busy = runningOf(standings);
  const now = Date.now() - dkron.skew;
  const around: AgainAround = { jobs: byName, busy, nodes, now };
  return { jobs: listed, byName, standings, around };
}

const runningOf = (standings: Standings): Set<string> =>
  new Set([...standings].flatMap(([name, { running }]) => (running ? [name] : [])));

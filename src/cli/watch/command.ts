import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../../base/errors.ts';
import { jobFilter } from '../../job/filter.ts';
import { looksInto } from '../../job/filter-language.ts';
import { idle } from '../../job/status.ts';
import { type Kind, kinds } from '../../oversight/watch/model.ts';
import { checkFolder } from '../../oversight/watch/textfile.ts';
import { parseGoDuration } from '../../schedule/index.ts';
import { reach } from '../cluster.ts';
import { withDkron } from '../connect.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { checkedFilter, filterHelp, filterWords } from '../jobs.ts';
import { filterOf, viewOption } from '../view.ts';
import { watch } from './loop.ts';

interface Flags {
  readonly view?: string;
  readonly on?: ReadonlySet<Kind>;
  readonly exec?: string;
  readonly textfile?: string;
  readonly every?: number;
  readonly name: string;
  readonly once?: boolean;
  readonly exitStatus?: boolean;
}

/** `watch`: goes on, and tells each change of a job once. */
export function register(program: Command): void {
  program
    .command('watch')
    .description('tell when jobs fail, go well again, do not run or are stuck, each change once')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .option('--on <kinds>', 'what is told (regression,fixed,missed,stuck); slow besides', kindsIn)
    .option('--exec <command>', 'a line for /bin/sh that is run for each event')
    .option('--textfile <file>', 'write figures for Prometheus at each look')
    .option('--every <duration>', 'how long between two looks (15s)', duration)
    .option('--name <name>', 'whose memory it has: each name tells all changes by itself', 'watch')
    .option('--once', 'look once, for cron; exit code 3 when something was told')
    .option('--exit-status', 'end with exit code 3 at the first event')
    .addHelpText('after', help)
    .action(async (words: string[], flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const holds = filterIn(filterOf(invocation.target, words, flags.view));
      const { textfile = null, exec = null, on = usual, every = 15_000, name } = flags;
      if (textfile !== null) await checkFolder(textfile);
      const until = flags.once ? 'once' : flags.exitStatus ? 'told' : 'asked';
      const told = await withDkron(invocation, async (dkron) =>
        watch(await reach(invocation, dkron, 'memory'), dkron, {
          ...{ name, every, on, holds, textfile, until, command: exec },
        }),
      );
      if (told && until !== 'asked') endWith(command, 'differs');
    });
}

const help = (): string => `
regression  a run failed, and the one before it did not
fixed       a run went well, and the one before it failed
missed      it was due and did not run, or no node took it; once, however long that goes on
stuck       a run of it has no end and nobody runs it
slow        three runs in a row took far longer than usual; only where --on names it, as the histories of
            jobs that ran are read for it, of 20 at a look

The first look tells nothing, and a job that is new or was cleared begins anew. What it knows is kept on this
machine, for the cluster and the name: a watch that was killed tells what has changed since then. A second one of
the same name is refused. While the server does not answer it waits, says so once, and tells no event.

The command of --exec is run once for each event, also where the watch is killed: it goes on without it. One is
run after the other; what it prints goes to stderr, and one that runs for five minutes is told of, as the rest
waits for it. Where the command itself is killed it is not run again, and that is told. A line of the output is printed at least once: after a kill it may come again, with the same id.
The event is one line of JSON, on the standard input of the command and, with --json, on the output:
{ id, kind, job, at, seen, text, watch, server, cluster: { id, name } }.

--textfile replaces the file as a whole at each look; a missing folder is refused.
Exit code with --once and --exit-status: 3 when something was told. An error is never 3.
${filterHelp()}`;

const usual: ReadonlySet<Kind> = new Set(['regression', 'fixed', 'missed', 'stuck']);

function kindsIn(text: string): ReadonlySet<Kind> {
  const words = text.split(',').map((word) => word.trim());
  const found = kinds.filter((kind) => words.includes(kind));
  const wrong = words.find((word) => !kinds.some((kind) => kind === word));
  if (wrong !== undefined) throw new InvalidArgumentError(`It must be some of ${kinds.join(',')}.`);
  return new Set(found);
}

/** Ms. Jobs are read anew at each look. */
const least = 1_000;

function duration(text: string): number {
  const parsed = parseGoDuration(text);
  if ('error' in parsed || parsed.nanos < BigInt(least) * 1_000_000n)
    throw new InvalidArgumentError('It must be a duration such as 10s or 1m, 1s at least.');
  return Number(parsed.nanos / 1_000_000n);
}

/** How a job stands is what is told: by then it stands otherwise than before. */
function filterIn(filter: string) {
  if (looksInto(filter, 'status', jobFilter))
    throw new UsageError('a watch does not filter by status: it tells when that changes', {
      data: 'nothing was read',
      next: 'choose what is told by --on, and the jobs by other words',
    });
  const holds = checkedFilter(filter);
  return (job: Parameters<typeof holds>[0]): boolean => holds(job, idle);
}

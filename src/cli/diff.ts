import { type Command, Option } from 'commander';
import { counted } from '../base/counted.ts';
import { CorruptFile, NotFound, UsageError } from '../base/errors.ts';
import { checkTwo } from '../cluster/one.ts';
import { type Comparison, compareSides } from '../snapshot/diff/compare.ts';
import { openSides, type TitledComparison, type TitledSide } from '../snapshot/diff/open.ts';
import { folderOption } from './archive.ts';
import { type DiffForm, printComparison } from './diff-output.ts';
import { type DiffWords, readWords } from './diff-words.ts';
import { filesHelp } from './file-help.ts';
import { endWith, type Invocation, invocationAt, invocationOf } from './invocation.ts';
import { also } from './several.ts';
import { clusterNamed, clusterOptions, type SourceFlags, withEach } from './source.ts';

interface DiffFlags extends DiffForm, SourceFlags {
  readonly job?: readonly string[];
  readonly allFields?: boolean;
  readonly folder?: string;
  readonly toUrl?: string;
  readonly toContext?: string;
}

export function register(program: Command): void {
  const command = program
    .command('diff')
    .description(
      'compare two snapshots, two clusters, or one with the other: what the second changed',
    )
    .argument('[a]', `${filesHelp}; the name of a snapshot, 'latest', 'live', '-'`)
    .argument('[b]', "the same; without it 'live', what the server has now")
    .argument('[names...]', 'only these jobs')
    .option('--job <name>', 'only this job, whatever its name looks like; may be repeated', also)
    .option('--stat', 'a line a job: which fields differ')
    .addOption(
      new Option('--patch', "unified text of the files that 'export --as yaml' makes").conflicts([
        'stat',
        'allFields',
      ]),
    )
    .option('--all-fields', 'also what Dkron counts and computes: status, next run, counters')
    .option('--show-secrets', 'show passwords, tokens and other credentials as they are')
    .option(...folderOption);
  for (const [side, what] of [
    ['from', 'A:'],
    ['to', 'B:'],
  ] as const)
    clusterOptions(command, side, what);
  command
    .addHelpText('after', help)
    .action(
      async (a: string | undefined, b: string | undefined, names: string[], flags: DiffFlags) => {
        const invocation = invocationOf(command);
        const given = [a, b, ...names].filter((word) => word !== undefined);
        const words = await readWords(invocation, given, { ...flags, ...sidesOf(flags) });
        const chosen = [...words.names, ...(flags.job ?? [])];
        const comparison = await compare(command, invocation, words, chosen, flags);
        printComparison(invocation, comparison, flags);
        const { differences } = comparison;
        const unread = differences.filter(({ kind }) => kind === 'unreadable');
        if (unread.length > 0) throw notAll(unread);
        if (differences.length > 0) endWith(command, 'differs');
      },
    );
}

/** The sides that options name. */
function sidesOf({ fromUrl, fromContext, toUrl, toContext }: DiffFlags) {
  return { from: clusterNamed(fromUrl, fromContext), to: clusterNamed(toUrl, toContext) };
}

const help = `
With --from-… and --to-… all words are names of jobs; with one of them the first word may still be the other
side, and that is live without one. Two addresses that lead to one cluster are an error.
The second word is B when it is live, latest or latest~1, a path, or the name of a file or snapshot
that exists; else it is the name of a job, and B is live. '+' is a job that only B has, '−' one that
only A has, '~' one that differs, '!' one that cannot be read on a side.
Exit code 0: the same. 3: there are differences. 7: a job cannot be read on one side, or one of them
is no list of jobs; all else was compared. 6: the server cannot be reached.
Credentials in headers, addresses, commands and bodies, and values of keys such as password, token or
apiKey, are shown as •••• in every form of output; '(changed)' stands behind one that differs.`;

async function compare(
  command: Command,
  invocation: Invocation,
  { from, to, doubtful }: DiffWords,
  names: readonly string[],
  flags: DiffFlags,
): Promise<TitledComparison> {
  const { stdin, signal } = invocation.io;
  const scope = flags.allFields ? 'everything' : 'definition';
  const servers = [from, to].filter((which) => typeof which !== 'string');
  const places = servers.map((which, at) =>
    which === null
      ? invocation
      : invocationAt(command, which, at === 0 ? '--from-url' : '--to-url'),
  );
  const [before, after] = await withEach(places, async (reached) => {
    const [one, other] = reached;
    if (one && other) await checkTwo(one, other, Date.now, { signal });
    return openSides(from, to, {
      scope,
      stdin,
      onServer: (which, work) => {
        const { dkron, called } = reached[servers.indexOf(which)]!;
        return work(dkron, called);
      },
      now: Date.now,
      signal,
    });
  });
  if (doubtful !== null && before.side.hash(doubtful) !== undefined) throw ambiguous(doubtful);
  checkNames(before, after, names);
  const wanted = names.length === 0 ? null : new Set(names);
  const comparison = await compareSides(before.side, after.side, scope, wanted);
  return { from: before.title, to: after.title, ...comparison };
}

const ambiguous = (word: string): UsageError =>
  new UsageError(`${word} is both a file or snapshot and a job of the first one`, {
    data: 'nothing was compared',
    next: `Write --job ${word} for the job, or a path such as ./${word} for the file.`,
  });

/** A name that neither side has is a mistake, and no job that is the same. */
function checkNames(before: TitledSide, after: TitledSide, names: readonly string[]): void {
  const has = ({ side }: TitledSide, name: string): boolean =>
    side.hash(name) !== undefined || side.unreadable.some((one) => one.name === name);
  const missing = names.find((name) => !has(before, name) && !has(after, name));
  if (missing === undefined) return;
  throw new NotFound(
    `there is no job ${missing} in ${before.title.name} nor in ${after.title.name}`,
    {
      data: 'Nothing was compared.',
      next: 'If a file or a snapshot was meant, check its name: there is none of this name either.',
    },
  );
}

const told = 10;

const notAll = (unread: Comparison['differences']): CorruptFile =>
  new CorruptFile(`${counted(unread.length)} cannot be compared`, {
    data: 'All the other jobs were compared.',
    next: unread
      .slice(0, told)
      .map(({ name, why }) => `${name}: ${why}`)
      .join(' · '),
  });

import { type Command, Option } from 'commander';
import { counted } from '../base/counted.ts';
import { CorruptFile, NotFound, UsageError } from '../base/errors.ts';
import { aboutOf } from '../snapshot/archive/open.ts';
import { type Comparison, compareSides } from '../snapshot/diff/compare.ts';
import { sideOfFile, sideOfServer } from '../snapshot/diff/side.ts';
import { folderOption } from './archive.ts';
import { withDkron } from './connect.ts';
import { type DiffForm, printComparison, type ShownSide } from './diff-output.ts';
import { type Compared, readWords } from './diff-words.ts';
import { filesHelp } from './file-help.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';

interface DiffFlags extends DiffForm {
  readonly job?: readonly string[];
  readonly allFields?: boolean;
  readonly folder?: string;
}

const collect = (word: string, words: readonly string[] = []): string[] => [...words, word];

export function registerDiffCommand(program: Command): void {
  program
    .command('diff')
    .description('compare two snapshots, or one with the server: what the second changed')
    .argument('<a>', `${filesHelp}; the name of a snapshot, 'latest', 'live', '-'`)
    .argument('[b]', "the same; without it 'live', what the server has now")
    .argument('[names...]', 'only these jobs')
    .option('--job <name>', 'only this job, whatever its name looks like; may be repeated', collect)
    .option('--stat', 'a line a job: which fields differ')
    .addOption(
      new Option('--patch', "unified text of the files that 'export --as yaml' makes").conflicts([
        'stat',
        'allFields',
      ]),
    )
    .option('--all-fields', 'also what Dkron counts and computes: status, next run, counters')
    .option('--show-secrets', 'show passwords, tokens and other credentials as they are')
    .option(...folderOption)
    .addHelpText('after', help)
    .action(
      async (
        a: string,
        b: string | undefined,
        names: string[],
        flags: DiffFlags,
        command: Command,
      ) => {
        const invocation = invocationOf(command);
        const words = b === undefined ? [] : [b, ...names];
        const { from, to, names: wanted, doubtful } = await readWords(invocation, a, words, flags);
        const chosen = [...wanted, ...(flags.job ?? [])];
        const { sides, comparison } = await compare(
          invocation,
          [from, to],
          chosen,
          flags,
          doubtful,
        );
        printComparison(invocation, sides, comparison, flags);
        const { differences } = comparison;
        const unread = differences.filter(({ kind }) => kind === 'unreadable');
        if (unread.length > 0) throw notAll(unread);
        if (differences.length > 0) endWith(command, 'differs');
      },
    );
}

const help = `
The second word is B when it is live, latest or latest~1, a path, or the name of a file or snapshot
that exists; else it is the name of a job, and B is live. '+' is a job that only B has, '−' one that
only A has, '~' one that differs, '!' one that cannot be read on a side.
Exit code 0: the same. 3: there are differences. 7: a job cannot be read on one side, or one of them
is no list of jobs; all else was compared. 6: the server cannot be reached.
Credentials in headers, addresses, commands and bodies, and values of keys such as password, token or
apiKey, are shown as •••• in every form of output; '(changed)' stands behind one that differs.`;

async function compare(
  invocation: Invocation,
  [from, to]: readonly [Compared, Compared],
  names: readonly string[],
  flags: DiffFlags,
  doubtful: string | null,
) {
  const scope = flags.allFields ? 'everything' : 'definition';
  const ofFile = async (path: Compared): Promise<ShownSide | null> => {
    if (path === null) return null;
    const side = await sideOfFile(path, invocation.io.stdin, scope);
    if (doubtful !== null && side.hash(doubtful) !== undefined) throw ambiguous(doubtful);
    const { name, taken, proof } = await aboutOf(path);
    const since = proof === 'manifest' ? 'taken' : 'last changed';
    return { name, file: path, taken, since, side };
  };
  const ofServer = ({ side: other }: ShownSide): Promise<ShownSide> =>
    withDkron(invocation, async (dkron) => ({
      name: `live ${dkron.url}`,
      file: null,
      taken: Date.now(),
      since: 'read',
      side: await sideOfServer(dkron, scope, other, invocation.io.signal),
    }));
  // The server last: only what differs from the other side is kept of it.
  const [old, now] = [await ofFile(from), await ofFile(to)];
  const before = old ?? (await ofServer(now!));
  const sides = [before, now ?? (await ofServer(before))] as const;
  checkNames(sides, names);
  const wanted = names.length === 0 ? null : new Set(names);
  return { sides, comparison: await compareSides(sides[0].side, sides[1].side, scope, wanted) };
}

const ambiguous = (word: string): UsageError =>
  new UsageError(`${word} is both a file or snapshot and a job of the first one`, {
    data: 'nothing was compared',
    next: `Write --job ${word} for the job, or a path such as ./${word} for the file.`,
  });

/** A name that neither side has is a mistake, and no job that is the same. */
function checkNames([before, after]: readonly [ShownSide, ShownSide], names: readonly string[]) {
  const unread = new Set(
    [before, after].flatMap(({ side }) => side.unreadable.map((one) => one.name)),
  );
  const missing = names.find(
    (name) =>
      before.side.hash(name) === undefined &&
      after.side.hash(name) === undefined &&
      !unread.has(name),
  );
  if (missing === undefined) return;
  throw new NotFound(`there is no job ${missing} in ${before.name} nor in ${after.name}`, {
    data: 'Nothing was compared.',
    next: 'If a file or a snapshot was meant, check its name: there is none of this name either.',
  });
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

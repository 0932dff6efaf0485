import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { UsageError } from '../base/errors.ts';
import { listSnapshots } from '../snapshot/archive/list.ts';
import { going, pruneLines, staying } from '../snapshot/prune/lines.ts';
import { neededSafety } from '../snapshot/prune/needed.ts';
import {
  isEmpty,
  type Policy,
  policyOf,
  policyText,
  type Rule,
  rules,
  takes,
  type Words,
} from '../snapshot/prune/policy.ts';
import { type Decision, type Group, planPrune } from '../snapshot/prune/prune.ts';
import { type Removal, removeSnapshots } from '../snapshot/prune/remove.ts';
import { plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { archiveFolder, folderOption } from './archive.ts';
import { journalOf } from './cluster.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { printJson, printLines } from './output.ts';

interface Flags extends Readonly<Record<string, string | boolean | undefined>> {
  readonly folder?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('prune')
    .description('remove snapshots that a policy does not keep; without --yes it only shows which')
    .option(...folderOption);
  for (const rule of rules) command.option(`--keep-${rule} <n>`, `${said[rule]} (${takes(rule)})`);
  command
    .option('--dry-run', 'show what stays and what goes, with the reasons, and remove nothing')
    .option('--yes', 'remove what goes')
    .addHelpText('after', help)
    .action(async (flags: Flags) => {
      const invocation = invocationOf(command);
      const { words, policy } = policyFor(invocation, flags);
      const folder = await archiveFolder(invocation, flags.folder);
      const files = await listSnapshots(folder);
      const now = Date.now();
      const needed = await neededSafety(files, (id) => journalOf(invocation, id), now);
      const groups = await planPrune(files, { policy, now, needed });
      if (flags.yes && !flags.dryRun) {
        const gone = await removeSnapshots(
          going(groups).map(({ file }) => file),
          now,
        );
        tellDone(invocation, groups, gone);
        if (gone.some(({ why }) => why !== null)) endWith(command, 'partial');
      } else tellPlan(invocation, groups, policyText(words));
    });
}

const said: Readonly<Record<Rule, string>> = {
  last: 'the newest so many',
  hourly: 'of so many hours that have one the newest',
  daily: 'of so many days the newest',
  weekly: 'of so many weeks, Monday to Sunday, the newest',
  monthly: 'of so many months the newest',
  yearly: 'of so many years the newest',
  within: 'all that were taken so long before the newest',
  'within-hourly': 'the newest of each hour, so far back',
  'within-daily': 'the newest of each day, so far back',
  'within-weekly': 'the newest of each week, so far back',
  'within-monthly': 'the newest of each month, so far back',
  'within-yearly': 'the newest of each year, so far back',
};

const help = `
The rules are those of restic, in UTC, for each cluster and kind by itself; one that keeps a snapshot is
enough. Whatever they say, these stay: what is pinned, the newest of each cluster and kind that is still
good, safety snapshots of the last 30 days and of changes whose end is not known, damaged ones, and files
that are no snapshots by manifest or name. Without a rule those of the context are taken (snapshots: { keep: … } in the config file).`;

/** Of the command line, or of the context. Throws UsageError for one that keeps nothing. */
function policyFor(
  { target }: Invocation,
  flags: Flags,
): { readonly words: Words; readonly policy: Policy } {
  const given = rules.flatMap((rule) => {
    const word = flags[flagOf(rule)];
    return typeof word === 'string' ? [[rule, word] as const] : [];
  });
  const words: Words = given.length > 0 ? Object.fromEntries(given) : (target.keep ?? {});
  const policy = policyOf(words, (rule) => `--keep-${rule}`);
  if (!isEmpty(policy)) return { words, policy };
  throw new UsageError('no rule says what to keep, and nothing is removed without one', {
    data: 'Nothing was removed.',
    next: 'Say it, as in: dkron-tui prune --keep-daily 7 --keep-weekly 4 --keep-monthly 12',
  });
}

/** `keepWithinDaily`, as commander calls it. */
const flagOf = (rule: Rule): string =>
  `keep-${rule}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const keptJson = ({ file: { name, path, taken, head }, reasons }: Decision) => ({
  name,
  reasons,
  path,
  taken: rfc3339(taken),
  cluster: head?.cluster?.name ?? null,
  kind: head?.kind ?? null,
});

const removedJson = ({ reasons: _, ...item }: ReturnType<typeof keptJson>) => item;

function tellPlan({ io, json }: Invocation, groups: readonly Group[], policy: string): void {
  const go = going(groups);
  const removed = go.map((decision) => removedJson(keptJson(decision)));
  if (json) printJson(io, { kept: staying(groups).map(keptJson), removed });
  else
    printLines(io, [
      ...pruneLines(groups),
      [plain('')],
      go.length === 0
        ? [plain('nothing goes'), quiet(`  by ${policy}`)]
        : [
            plain(`${counted(go.length, 'snapshot')} would go`),
            quiet(`  by ${policy}; --yes removes them`),
          ],
    ]);
}

function tellDone(
  { io, json }: Invocation,
  groups: readonly Group[],
  removals: readonly Removal[],
): void {
  const left = removals.flatMap(({ file, why }) =>
    why === null ? [] : [{ file, reasons: [`not removed: ${why}`] }],
  );
  const gone = removals.filter(({ why }) => why === null);
  const kept = [...staying(groups), ...left];
  const removed = gone.map(({ file }) => removedJson(keptJson({ file, reasons: [] })));
  if (json) printJson(io, { kept: kept.map(keptJson), removed });
  else
    printLines(io, [
      ...gone.map(({ file }) => [plain(`removed  ${file.name}`)]),
      ...left.map(({ file, reasons }) => [plain(`${file.name}: ${reasons[0]}`)]),
      [plain(`${counted(gone.length, 'snapshot')} removed, ${kept.length} stay`)],
    ]);
}

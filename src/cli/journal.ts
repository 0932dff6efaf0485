import { type Command, Option } from 'commander';
import { OperatorError } from '../base/errors.ts';
import { nameOf } from '../cluster/identify.ts';
import { journalBy } from '../cluster/takeover.ts';
import { readAddress } from '../dkron/address.ts';
import { diffJobs } from '../job/compare.ts';
import { type FileJournal, openJournal, type PastChange } from '../journal/file.ts';
import type { Operation } from '../journal/operation.ts';
import { isWhole, reversalsOf } from '../journal/reversals.ts';
import { plain, quiet } from '../view/line.ts';
import { outcomeSpan, whatWasDone } from '../view/past-change.ts';
import { operationText, outcomesSpan } from '../view/past-operation.ts';
import { rfc3339 } from '../view/short.ts';
import { journalOf, reach } from './cluster.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import type { Io } from './io.ts';
import { atLeastOne } from './numbers.ts';
import { operationCalled, shownOfId } from './operation.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';
import { registerOf, wayTo } from './register.ts';
import { noteUnfinished } from './unfinished.ts';

export function register(program: Command): void {
  program
    .command('journal')
    .description('list what was done to this cluster from this machine, newest first')
    .argument('[name]', 'only the changes of this job')
    .option('--limit <count>', 'how many operations at most (100; with --json all)', atLeastOne)
    .addOption(new Option('--operation <id>', 'the changes of this operation').conflicts('limit'))
    .addHelpText('after', help)
    .action((name: string | undefined, flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      return name === undefined && flags.operation === undefined
        ? listOperations(invocation, flags)
        : listChanges(invocation, name, flags);
    });
}

interface Flags {
  readonly limit?: number;
  readonly operation?: string;
}

const help = `
What was changed together is one operation; 'undo --operation ID' takes it back. --json also gives each
definition exactly: before the change, and as it was sent. To restore one:
  dkron-tui journal --json NAME | jq -r '.[0].before' | dkron-tui apply -`;

const usual = 100;

async function listOperations(
  invocation: Invocation,
  { limit = invocation.json ? Number.POSITIVE_INFINITY : usual }: Flags,
): Promise<void> {
  const { io, json } = invocation;
  const journal = await journalFor(invocation);
  const operations: Operation[] = [];
  let isMore = false;
  for await (const operation of journal.list()) {
    isMore = operations.length === limit;
    if (isMore) break;
    operations.push(operation);
  }
  printPassedOver(io, journal);
  if (json) {
    const all = [];
    for (const { key, ...about } of operations)
      all.push({ ...about, changes: await journal.operation(key) });
    printJson(io, all);
  } else if (operations.length === 0) printLines(io, [[plain(noneText(journal))]]);
  else printTable(io, operationColumns(zoneFor(invocation), operations), operations);
  if (isMore && !json) printNote(io, `older ones are there: --limit ${limit * 10} lists more`);
}

async function listChanges(
  invocation: Invocation,
  name: string | undefined,
  { operation }: Flags,
): Promise<void> {
  const { io, json } = invocation;
  const journal = await journalFor(invocation);
  const all =
    operation === undefined
      ? await journal.history(name!)
      : await journal.operation((await operationCalled(journal, operation)).key);
  const changes = all.filter(({ job }) => name === undefined || job === name).toReversed();
  printPassedOver(io, journal);
  if (json) printJson(io, changes);
  else if (changes.length === 0) printLines(io, [[plain(noneText(journal))]]);
  else printTable(io, columnsIn(zoneFor(invocation)), changes);
}

const noneText = (journal: FileJournal): string =>
  journal.passedOver().length > 0
    ? 'none of the changes made from this machine can be read'
    : 'no changes were made from this machine';

/** Longer than a server nearby takes to answer, ms. */
const patience = 3_000;

/**
 * The journal of the cluster that was named, or else answers. Where none answers, it is the one that the context
 * means, or that answered at this address last.
 */
async function journalFor(invocation: Invocation): Promise<FileJournal> {
  const { io, json, cluster, target } = invocation;
  const register = registerOf(invocation);
  const { called } = cluster;
  if (called !== null) return journalOf(invocation, (await register.called(called)).id);
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(patience)]);
  const within = { ...invocation, io: { ...io, signal } };
  try {
    return await withDkron(invocation, async (dkron) => {
      const { here } = await reach(within, dkron, 'show');
      await noteUnfinished(invocation, here);
      return here.journal;
    });
  } catch (error) {
    if (io.signal.aborted || !(error instanceof OperatorError || signal.aborted)) throw error;
    const { url } = readAddress(target.url);
    const last = await register.last(wayTo(invocation, url));
    const why =
      error instanceof OperatorError ? error.message : `no answer within ${patience / 1000} s`;
    if (!json && last !== null)
      printNote(io, `${why}; this is the journal of ${nameOf(last)}, which answered there last`);
    return last === null ? openJournal(journalBy(io.places, url)) : journalOf(invocation, last.id);
  }
}

const whoAndWhen = (zone: string): Column<Pick<PastChange, 'id' | 'at' | 'who'>>[] => [
  { title: 'ID', cell: ({ id }) => quiet(id.slice(0, shownOfId)) },
  {
    title: 'WHEN',
    cell: ({ at }) => plain(rfc3339(Math.floor(Date.parse(at) / 1_000) * 1_000, zone)),
  },
  { title: 'WHO', cell: ({ who }) => quiet(who ?? '') },
];

const operationColumns = (zone: string, operations: readonly Operation[]): Column<Operation>[] => [
  ...whoAndWhen(zone),
  { title: 'WHAT', cell: (operation) => plain(operationText(operation)) },
  { title: 'OUTCOME', cell: outcomesSpan },
  ...(operations.some(({ safety }) => safety !== undefined) ? [safetyColumn] : []),
];

const safetyColumn: Column<Operation> = {
  title: 'SAFETY SNAPSHOT',
  cell: ({ safety }) => quiet(safety ?? ''),
};

const columnsIn = (zone: string): Column<PastChange>[] => [
  ...whoAndWhen(zone),
  { title: 'JOB', cell: ({ job }) => plain(job) },
  { title: 'WHAT', cell: (change) => plain(whatWasDone(change)) },
  { title: 'OUTCOME', cell: outcomeSpan },
  { title: 'FIELDS', cell: (change) => quiet(fieldsOf(change)) },
];

/** Which fields were to change; their values may hold secrets and are in --json only. */
const fieldsOf = (change: PastChange): string =>
  (isWhole(change) ? reversalsOf([change]) : [])
    .flatMap(({ before, after }) => (before && after ? diffJobs(before, after) : []))
    .map(({ path }) => path)
    .join(', ');

/** What of the journal could not be read. */
export function printPassedOver(io: Io, journal: FileJournal): void {
  for (const what of journal.passedOver()) printNote(io, `skipped: ${what}`);
}

import type { Command } from 'commander';
import { OperatorError } from '../base/errors.ts';
import { nameOf } from '../cluster/identify.ts';
import { journalBy } from '../cluster/takeover.ts';
import { readAddress } from '../dkron/address.ts';
import { diffJobs } from '../job/compare.ts';
import { type FileJournal, openJournal, type PastChange } from '../journal/file.ts';
import { isWhole, reversalsOf } from '../journal/reversals.ts';
import { plain, quiet } from '../view/line.ts';
import { outcomeSpan, whatWasDone } from '../view/past-change.ts';
import { rfc3339 } from '../view/short.ts';
import { journalOf, reach, registerOf, wayTo } from './cluster.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';
import { noteUnfinished } from './unfinished.ts';

export function registerJournalCommand(program: Command): void {
  program
    .command('journal')
    .description('list the changes made to this cluster from this machine, newest first')
    .argument('[name]', 'only the changes of this job')
    .addHelpText('after', help)
    .action((name: string | undefined, _flags: unknown, command: Command) =>
      listChanges(invocationOf(command), name),
    );
}

const help = `
--json also gives each definition exactly: before the change, and as it was sent. To restore one:
  dkron-tui journal --json NAME | jq -r '.[0].before' | dkron-tui apply -`;

async function listChanges(invocation: Invocation, name: string | undefined): Promise<void> {
  const { io, json } = invocation;
  const journal = await journalFor(invocation);
  const changes = name === undefined ? await journal.changes() : await journal.history(name);
  printPassedOver(io, journal);
  if (json) printJson(io, changes.toReversed());
  else if (changes.length === 0 && journal.passedOver().length > 0)
    printLines(io, [[plain('none of the changes made from this machine can be read')]]);
  else if (changes.length === 0)
    printLines(io, [[plain('no changes were made from this machine')]]);
  else printTable(io, columnsIn(zoneFor(invocation)), changes.toReversed());
}

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

/** Enough of an id to tell changes apart; `undo --change` takes it. */
const shortId = 8;

const columnsIn = (zone: string): Column<PastChange>[] => [
  { title: 'ID', cell: ({ id }) => quiet(id.slice(0, shortId)) },
  {
    title: 'WHEN',
    cell: ({ at }) => plain(rfc3339(Math.floor(Date.parse(at) / 1_000) * 1_000, zone)),
  },
  { title: 'WHO', cell: ({ who }) => quiet(who ?? '') },
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

import type { Command } from 'commander';
import { readAddress } from '../dkron/address.ts';
import { diffJobs } from '../job/compare.ts';
import { type FileJournal, openJournal, type PastChange } from '../journal/file.ts';
import { isWhole, reversalsOf } from '../journal/reversals.ts';
import { plain, quiet } from '../view/line.ts';
import { outcomeSpan, whatWasDone } from '../view/past-change.ts';
import { rfc3339 } from '../view/short.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import type { Io } from './io.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';

export function registerJournalCommand(program: Command): void {
  program
    .command('journal')
    .description('list the changes made to this server from this machine, newest first')
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
  const { io, json, target } = invocation;
  const journal = openJournal(io.places.journal(readAddress(target.url).url));
  const changes = name === undefined ? await journal.changes() : await journal.history(name);
  printPassedOver(io, journal);
  if (json) printJson(io, changes.toReversed());
  else if (changes.length === 0 && journal.passedOver().length > 0)
    printLines(io, [[plain('none of the changes made from this machine can be read')]]);
  else if (changes.length === 0)
    printLines(io, [[plain('no changes were made from this machine')]]);
  else printTable(io, columnsIn(zoneFor(invocation)), changes.toReversed());
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

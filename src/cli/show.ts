import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { CorruptFile, NotFound } from '../base/errors.ts';
import { nameOf } from '../config/input.ts';
import type { Job } from '../job/job.ts';
import { idle } from '../job/status.ts';
import type { About } from '../snapshot/archive/open.ts';
import { damageText, openVerified, type VerifiedSnapshot } from '../snapshot/verify/inside.ts';
import { plain, quiet } from '../view/line.ts';
import { rfc3339, shortSpan } from '../view/short.ts';
import { folderOption, snapshotFile } from './archive.ts';
import { filesHelp } from './file-help.ts';
import { endWith, type Invocation, invocationOf, zoneIn } from './invocation.ts';
import { printDetails } from './job.ts';
import { checkedFilter, filterHelp, printJobs } from './jobs.ts';
import { type Column, printJsonText, printNote, printTable } from './output.ts';
import { hasScreen } from './screen.ts';

interface Flags {
  readonly filter?: string;
  readonly folder?: string;
  readonly print?: boolean;
}

/** `show`: the jobs of a file as `jobs` and `job` show those of a server. */
export function register(program: Command): void {
  program
    .command('show')
    .description('look into a snapshot, or any file of jobs, without a server')
    .argument('<file>', `${filesHelp}; or the name of a snapshot, 'latest', '-' for standard input`)
    .argument('[name]', 'all details of this job; --json prints its exact text')
    .option('--filter <words>', 'only these jobs, in the filter language of the console')
    .option(...folderOption)
    .option('--print', 'print a table on a terminal, too, instead of opening the console')
    .addHelpText('after', filterHelp)
    .action(async (word: string, name: string | undefined, flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const holds = checkedFilter(flags.filter ?? '');
      const { io, json } = invocation;
      const file = await snapshotFile(invocation, word, flags.folder);
      const onScreen = name === undefined && !json && !flags.print && file !== '-' && hasScreen(io);
      const opened = await openVerified(file, { stdin: io.stdin, textless: !json });
      if (onScreen) {
        const { openOnSnapshot } = await import('./console-inside.ts');
        await openOnSnapshot(invocation, opened, flags.filter ?? '');
        if (io.leaving.status !== null) endWith(command, 'interrupted');
      } else if (name !== undefined) showJob(invocation, opened, name);
      else showJobs(invocation, opened, (job) => holds(job, idle));
    });
}

function showJobs(
  invocation: Invocation,
  opened: VerifiedSnapshot,
  holds: (job: Job) => boolean,
): void {
  const { io, json } = invocation;
  const { jobs, unreadable } = opened;
  const found = jobs.filter(({ job }) => holds(job));
  if (json) {
    printJsonText(io, `[${found.map(({ text }) => text).join(',')}]`);
    checkWhole(opened);
    return;
  }
  noteTime(invocation, opened);
  const { serverZone } = invocation.offline;
  const shown = found.map(({ job }) => job);
  printJobs(io, shown, { standings: new Map(), serverZone });
  if (unreadable.length > 0) printTable(io, blockedColumns, unreadable);
}

type Blocked = VerifiedSnapshot['unreadable'][number];

const blockedColumns: Column<Blocked>[] = [
  { title: 'BLOCKED', cell: ({ name }) => plain(name) },
  { title: 'WHY', cell: ({ why }) => quiet(why) },
];

function showJob(invocation: Invocation, opened: VerifiedSnapshot, name: string): void {
  const { about, jobs, unreadable } = opened;
  const { io, json } = invocation;
  const found = jobs.find(({ job }) => job.name === name);
  if (found === undefined) throw noJob(about, unreadable, name);
  if (json) {
    printJsonText(io, found.text);
    checkProof(opened);
    return;
  }
  noteTime(invocation, opened);
  const { serverZone } = invocation.offline;
  const server = about.dkron === null ? null : { name: '', version: about.dkron, tags: {} };
  printDetails(invocation, found.job, { standing: idle, serverZone, server, past: true });
}

/** Beside the output, so that a pipe gets what `jobs` gives it. */
function noteTime({ io, zone, offline }: Invocation, { about, verified }: VerifiedSnapshot): void {
  const { name, taken, cluster } = about;
  const of = cluster === null ? '' : ` of ${cluster}`;
  const at = taken === null ? null : rfc3339(second(taken), zoneIn(zone, offline.serverZone));
  const when = taken === null ? '' : `, taken ${at}, ${shortSpan(Date.now() - taken)} ago`;
  const why = verified.verdict === 'proven' ? '' : `: ${verified.text}`;
  printNote(io, `${name}${of}${when}, ${verified.verdict}${why}`);
  printNote(io, 'No server was asked: status and counts are of then, next runs count from now.');
}

const second = (at: number): number => Math.floor(at / 1000) * 1000;

const noJob = ({ file }: About, unreadable: readonly Blocked[], name: string): NotFound => {
  const blocked = unreadable.find((one) => one.name === name);
  return new NotFound(`there is no job ${name} in ${nameOf(file)}`, {
    data: 'No server was asked.',
    next:
      blocked === undefined
        ? `'dkron-tui show ${file}' lists the jobs that it has.`
        : `It stands there and cannot be read: ${blocked.why}`,
  });
};

/** A program sees by the exit code that not all of it is there, or as it was. Throws CorruptFile. */
function checkWhole(opened: VerifiedSnapshot): void {
  const { about, unreadable } = opened;
  checkProof(opened);
  if (unreadable.length === 0) return;
  throw new CorruptFile(`${counted(unreadable.length)} of ${nameOf(about.file)} cannot be read`, {
    data: 'All the other jobs were printed.',
    next: unreadable
      .slice(0, 10)
      .map(({ name, why }) => `${name}: ${why}`)
      .join(' · '),
  });
}

function checkProof({ about: { file }, verified: { verdict, text } }: VerifiedSnapshot): void {
  if (verdict === 'proven' || verdict === 'unproven') return;
  throw new CorruptFile(damageText(file, text), {
    data: 'What can be read was printed.',
    next: `'dkron-tui verify ${file}' tells all that is wrong.`,
  });
}

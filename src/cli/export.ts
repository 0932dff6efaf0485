import { type Command, Option } from 'commander';
import { counted } from '../base/counted.ts';
import { type ExitName, OperatorError, UsageError } from '../base/errors.ts';
import { exists, fileError, isFolder } from '../config/files.ts';
import type { Job } from '../job/job.ts';
import { type Standings, standingOf } from '../job/status.ts';
import { standingsFor } from '../oversight/once.ts';
import { type ExportFormat, exportFormats, formatJobs } from '../snapshot/export/list.ts';
import { chosenOf, fileSource, type Source, serverSource } from '../snapshot/export/source.ts';
import { exportToFolder, type FolderExport } from '../snapshot/export/to-folder.ts';
import { exportCounts } from '../snapshot/export/words.ts';
import { saveSnapshot } from '../snapshot/take/save.ts';
import { bold, type Line, plain, quiet, toned } from '../view/line.ts';
import { snapshotFile } from './archive.ts';
import { withDkron } from './connect.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { checkedFilter } from './jobs.ts';
import { nobodyReads } from './outlet.ts';
import { printJson, printJsonBytes, printLines, printNote } from './output.ts';
import { oversightOf } from './oversight.ts';

interface Flags {
  readonly as: ExportFormat;
  readonly filter?: string;
  readonly from?: string;
  readonly delete?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('export')
    .description('write jobs as files for git, or for other tools')
    .argument('<place>', "a folder for --as yaml, a new file for the others; '-' is stdout")
    .argument('[names...]', 'only these jobs')
    .addOption(
      new Option('--as <format>', 'one YAML file a job; or one file of all')
        .choices(exportFormats)
        .default('yaml'),
    )
    .option('--filter <text>', "only jobs that this lets through, as in 'dkron-tui jobs'")
    .option('--from <file>', 'jobs of a snapshot or another file, in place of the server')
    .option('--delete', 'remove the YAML files of jobs that are gone')
    .addHelpText('after', help)
    .action(async (place: string, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      if (flags.delete && (flags.as !== 'yaml' || place === '-'))
        throw new UsageError('--delete is for a folder of YAML files');
      const holds = checkedFilter(flags.filter ?? '');
      await checkPlace(place, flags.as);
      const write = (source: Source, standings: Standings) => {
        const keep = (job: Job): boolean => holds(job, standingOf(standings, job.name));
        return exported(invocation, place, source, chosenOf(source, { names, keep }), flags);
      };
      const exit =
        flags.from === undefined
          ? await withDkron(invocation, async (dkron) => {
              const { io } = invocation;
              return write(
                ...(await Promise.all([
                  serverSource(dkron, io.signal),
                  standingsFor(dkron, flags.filter ?? '', oversightOf(invocation), io.signal),
                ])),
              );
            })
          : await write(
              await fileSource(await snapshotFile(invocation, flags.from), invocation.io.stdin),
              new Map(),
            );
      endWith(command, exit);
    });
}

/** Before the server is asked anything. */
async function checkPlace(place: string, as: ExportFormat): Promise<void> {
  if (place === '-' || !(await exists(place))) return;
  const isFolderThere = await isFolder(place);
  if (as === 'yaml' && !isFolderThere)
    throw new UsageError(`${place} is a file, and YAML goes into a folder, a file a job`, {
      data: 'Nothing was written.',
      next: 'Name a folder; --as jsonl, array or restore write one file.',
    });
  if (as !== 'yaml')
    throw new UsageError(`${place} is ${isFolderThere ? 'a folder' : 'already there'}`, {
      data: 'Nothing was written: an export never replaces a file.',
      next: 'Give the name of a new file.',
    });
}

const help = `
yaml: what an operator defines of each job, in NAME.yaml, with JSON in bodies laid out; 'apply FOLDER'
takes it, 'drift FOLDER' compares it. A second export into the folder changes only the fields that
differ: comments, order and other files stay. Files of jobs that are gone are listed, and removed with
--delete. jsonl: a snapshot, one job a line as the server sent it. array: the same as a JSON array.
restore: an array for Dkron's own POST /v1/restore, which dkron-tui itself never calls.
The files hold what the jobs hold, passwords included. Exit code 4: some jobs were not exported.`;

async function exported(
  invocation: Invocation,
  place: string,
  source: Source,
  chosen: Pick<Source, 'jobs' | 'unreadable'>,
  { as, delete: remove = false }: Flags,
): Promise<ExitName> {
  const { io, json } = invocation;
  if (as === 'yaml' && place !== '-') {
    const done = await exportToFolder(place, source, chosen, { remove, signal: io.signal });
    if (json) printJson(io, done);
    else printFolder(io, done);
    return done.failed.length > 0 ? 'partial' : 'ok';
  }
  const parts = formatJobs(chosen.jobs, as);
  if (place === '-') await printParts(io, parts);
  else {
    const saved = await saveSnapshot(place, parts);
    if (json) printJson(io, { ...saved, failed: chosen.unreadable });
    else printLines(io, [[plain(`${place}  ${counted(chosen.jobs.length)}`)]]);
  }
  for (const { name, why } of chosen.unreadable)
    if (!json || place === '-') printNote(io, `not exported: ${name ?? 'a job'}: ${why}`);
  return chosen.unreadable.length > 0 ? 'partial' : 'ok';
}

async function printParts(io: Io, parts: ReturnType<typeof formatJobs>): Promise<void> {
  const bytes = async function* () {
    for await (const part of parts) yield part.bytes;
  };
  await printJsonBytes(io, bytes()).catch((error: unknown) => {
    throw nobodyReads(error)
      ? new OperatorError('standard output was closed before the export was complete', {
          data: 'The part that was written is not all of it.',
          cause: error,
        })
      : fileError('standard output', 'written', error);
  });
}

function printFolder(io: Io, done: FolderExport): void {
  printLines(io, [...folderLines(done), [bold(done.folder), plain(`: ${exportCounts(done)}`)]]);
  for (const { file, why } of done.left) printNote(io, `left alone: ${file}: ${why}`);
}

const folderLines = ({ written, changed, removed, gone, failed }: FolderExport): Line[] => [
  ...written.map(({ file }): Line => [toned('new      ', 'ok'), plain(file)]),
  ...changed.map(
    ({ file, fields }): Line => [
      toned('changed  ', 'attention'),
      plain(file),
      quiet(`  ${fields.join(', ')}`),
    ],
  ),
  ...removed.map(({ file }): Line => [toned('removed  ', 'bad'), plain(file)]),
  ...gone.map(
    ({ file, name }): Line => [
      toned('gone     ', 'attention'),
      plain(file),
      quiet(`  there is no job ${name} any more; --delete removes the file`),
    ],
  ),
  ...failed.map(
    ({ name, why }): Line => [toned('failed   ', 'bad'), plain(name ?? 'a job'), quiet(`  ${why}`)],
  ),
];

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { privateFolder } from '../config/files.ts';
import { plain } from '../console/line.ts';
import type { Dkron } from '../dkron/client.ts';
import { formatSnapshot, type SnapshotPart } from '../snapshot/format.ts';
import { snapshotName } from '../snapshot/list.ts';
import { type Saved, saveSnapshot } from '../snapshot/save.ts';
import { withDkron } from './connect.ts';
import type { Io } from './io.ts';
import { printJson, printJsonBytes, printLines, printNote } from './output.ts';
import { counted } from './results.ts';
import { type Session, sessionOf } from './session.ts';

export function registerBackupCommand(program: Command): void {
  program
    .command('backup')
    .description('save all jobs to a file: one job a line as the server wrote it, parents first')
    .argument('[file]', "file or folder; '-' is stdout; left out, the snapshots of this server")
    .addHelpText('after', help)
    .action(async (file: string | undefined, _flags: unknown, command: Command) => {
      const session = sessionOf(command);
      await withDkron(session, (dkron) => backup(session, dkron, file));
    });
}

const help = `
A file that is there is never replaced. The file also suits the curl-and-jq script, and 'restore'
takes that script's files and the array that curl gets.`;

async function backup(
  { io, json }: Session,
  dkron: Dkron,
  file: string | undefined,
): Promise<void> {
  const parts = formatSnapshot(dkron.jobBytes({ signal: io.signal }));
  if (file === '-') return print(io, parts);
  const saved = await save(io, dkron, file, parts);
  if (json) printJson(io, saved);
  else printLines(io, [[plain(`${saved.path}  ${counted(saved.jobs)}`)]]);
}

async function save(
  io: Io,
  dkron: Dkron,
  file: string | undefined,
  parts: AsyncIterable<SnapshotPart>,
): Promise<Saved> {
  const folder = file ?? (await privateFolder(io.places.snapshots(dkron.url)));
  if (file !== undefined && !(await isFolder(file))) return saveSnapshot(file, parts);
  return saveSnapshot(join(folder, snapshotName(new Date())), parts, 'number');
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

async function print(io: Io, parts: AsyncIterable<SnapshotPart>): Promise<void> {
  let count = 0;
  const bytes = async function* () {
    for await (const part of parts) {
      count += part.jobs;
      yield part.bytes;
    }
  };
  await printJsonBytes(io, bytes());
  printNote(io, counted(count));
}

import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { listSnapshots, type SnapshotFile } from '../snapshot/archive/list.ts';
import { plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { archiveFolder, folderOption } from './archive.ts';
import { invocationOf, zoneFor } from './invocation.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';

export function registerSnapshotsCommand(program: Command): void {
  program
    .command('snapshots')
    .description('list the snapshots of this cluster on this machine, newest first')
    .option(...folderOption)
    .action(async (flags: { readonly folder?: string }, command: Command) => {
      const invocation = invocationOf(command);
      const { io, json } = invocation;
      const folder = await archiveFolder(invocation, flags.folder);
      const files = await listSnapshots(folder);
      if (json) printJson(io, files);
      else if (files.length === 0) printLines(io, [[plain(`no snapshots in ${folder}`)]]);
      else printTable(io, columnsIn(zoneFor(invocation)), files);
    });
}

const columnsIn = (zone: string): Column<SnapshotFile>[] => [
  {
    title: 'TAKEN',
    cell: ({ modified }) => quiet(rfc3339(Math.floor(modified / 1000) * 1000, zone)),
  },
  { title: 'JOBS', cell: ({ jobs }) => plain(jobs === null ? '?' : counted(jobs)) },
  { title: 'SNAPSHOT', cell: ({ name }) => plain(name) },
];

import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { snapshotColumns } from '../snapshot/archive/columns.ts';
import { listSnapshots, type SnapshotFile, withDifferences } from '../snapshot/archive/list.ts';
import { type Kind, kinds } from '../snapshot/archive/manifest.ts';
import { plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { archiveFolder, folderOption } from './archive.ts';
import { invocationOf, zoneFor } from './invocation.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';

interface Flags {
  readonly folder?: string;
  readonly kind?: Kind;
}

export function register(program: Command): void {
  program
    .command('snapshots')
    .description('list the snapshots of this cluster on this machine, newest first')
    .option(...folderOption)
    .option('--kind <kind>', `only these: ${kinds.join(', ')}`, kindNamed)
    .addHelpText('after', help)
    .action(async ({ folder: named, kind }: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const { io, json } = invocation;
      const folder = await archiveFolder(invocation, named);
      const all = await withDifferences(folder, await listSnapshots(folder));
      const files = all.filter(({ head }) => kind === undefined || head?.kind === kind);
      if (json) printJson(io, files.map(snapshotJson));
      else if (files.length === 0) printLines(io, [[plain(`no snapshots in ${folder}`)]]);
      else printTable(io, columnsIn(zoneFor(invocation)), files);
    });
}

const help = `
DIFF is against the one before of the same cluster and kind: jobs added, removed, changed.
PROOF says whether there is a manifest to prove it by: yes, none, broken, or damaged where the file is
not as long as its manifest says. 'dkron-tui verify' proves it.`;

function kindNamed(text: string): Kind {
  const kind = kinds.find((one) => one === text);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`It must be one of ${kinds.join(', ')}.`);
}

/** The names are stable; more may come. */
const snapshotJson = ({ taken, modified, head, ...file }: SnapshotFile) => ({
  name: file.name,
  path: file.path,
  bytes: file.bytes,
  taken: rfc3339(taken),
  jobs: file.jobs,
  kind: head?.kind ?? null,
  label: head?.label ?? null,
  pinned: head?.pinned ?? false,
  proof: file.proof,
  differs: file.differs,
  cluster: head?.cluster ?? null,
  url: head?.url ?? null,
  dkron: head?.dkron ?? null,
  node: head?.node ?? null,
  leader: head?.leader ?? null,
  program: head?.program ?? null,
  operation: head?.operation ?? null,
  chosen: head?.chosen ?? null,
  executions: head?.executions ?? null,
  definitions: head?.definitions ?? null,
  modified,
  ...(file.unreadable && { unreadable: true }),
});

function columnsIn(zone: string): Column<SnapshotFile>[] {
  const at = { now: Date.now(), zone, named: true };
  return snapshotColumns.map(({ title, align, cell }) => ({
    title,
    align,
    cell: (file) =>
      title === 'TAKEN'
        ? quiet(rfc3339(Math.floor(file.taken / 1000) * 1000, zone))
        : cell(file, at),
  }));
}

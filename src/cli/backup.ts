import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { OperatorError } from '../base/errors.ts';
import { fileError, isFolder, privateFolder } from '../config/files.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Manifest } from '../snapshot/archive/manifest.ts';
import type { SnapshotPart } from '../snapshot/take/format.ts';
import { type Damage, damageError, readSnapshot, takeSnapshot } from '../snapshot/take/take.ts';
import { plain } from '../view/line.ts';
import { withCluster, withDkron } from './connect.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { nobodyReads } from './outlet.ts';
import { printJson, printJsonBytes, printLines, printNote } from './output.ts';

export function registerBackupCommand(program: Command): void {
  program
    .command('backup')
    .description('save all jobs to a file: one job per line as the server sent it, parents first')
    .argument(
      '[file]',
      "file or folder; '-' is stdout; without it, the snapshots folder of this cluster",
    )
    .addHelpText('after', help)
    .action(async (file: string | undefined, _flags: unknown, command: Command) => {
      const invocation = invocationOf(command);
      // A file that is named needs no place of the cluster, and is written whatever the server is like.
      if (file !== undefined)
        await withDkron(invocation, (dkron) => backup(invocation, dkron, file));
      else
        await withCluster(invocation, 'keep', async (dkron, { here, ...rest }) =>
          backup(rest, dkron, await privateFolder(rest.target.snapshots ?? here.places.snapshots), {
            id: here.id,
            name: here.name,
          }),
        );
    });
}

const help = `
An existing file is never replaced. The curl-and-jq script can restore the file too, and 'restore'
takes that script's files and the array that curl gets. Each job is read back after it is saved: if
'restore' would refuse one, the backup is kept as FILE.damaged, and the exit code is 7.`;

async function backup(
  { io, json }: Invocation,
  dkron: Dkron,
  file: string,
  cluster: Manifest['cluster'] = null,
): Promise<void> {
  if (file === '-') {
    const reading = readSnapshot(dkron, { signal: io.signal });
    await print(io, reading.parts);
    const damage = reading.damage();
    if (damage)
      throw damageError(damage, 'standard output', 'All that the server sent was written there.');
    return;
  }
  const to = (await isFolder(file)) ? { folder: file } : { file };
  const { path, manifest, damage } = await takeSnapshot(dkron, to, {
    kind: 'hand',
    cluster,
    signal: io.signal,
  });
  const { count, bytes } = manifest;
  if (json)
    printJson(io, {
      path,
      jobs: count,
      bytes,
      ...(cluster !== null && { server: dkron.url, cluster: cluster.id }),
      ...(damage && { unreadable: damageJson(damage) }),
    });
  if (damage) throw damageError(damage, path);
  if (!json) printLines(io, [[plain(`${path}  ${counted(count)}`)]]);
}

const damageJson = ({ unreadable, whole }: Damage) => [
  ...(whole ? [{ name: null, why: whole.message, places: [] }] : []),
  ...unreadable.map(({ name, why, places }) => ({
    name,
    why,
    places: places.map(({ line, column }) => ({ line, column })),
  })),
];

async function print(io: Io, parts: AsyncIterable<SnapshotPart>): Promise<void> {
  let count = 0;
  const bytes = async function* () {
    for await (const part of parts) {
      count += part.jobs;
      yield part.bytes;
    }
  };
  await printJsonBytes(io, bytes()).catch((error: unknown) => {
    throw nobodyReads(error) ? notRead(error) : fileError('standard output', 'written', error);
  });
  printNote(io, counted(count));
}

/** Here the output is the result, and half a backup is not a backup. */
const notRead = (cause: unknown): OperatorError =>
  new OperatorError('standard output was closed before the backup was complete', {
    data: 'The part that was written is not a backup.',
    next: "Read it completely, or save it to a file: 'dkron-tui backup FILE'.",
    cause,
  });

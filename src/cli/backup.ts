import { join } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { OperatorError } from '../base/errors.ts';
import { fileError, isFolder, privateFolder } from '../config/files.ts';
import type { Dkron } from '../dkron/client.ts';
import { snapshotName } from '../snapshot/archive/list.ts';
import type { SnapshotPart } from '../snapshot/take/format.ts';
import type { Saved } from '../snapshot/take/save.ts';
import {
  type Damage,
  damageError,
  saveTaken,
  type Taking,
  takeSnapshot,
} from '../snapshot/take/take.ts';
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
          backup(
            rest,
            dkron,
            await privateFolder(rest.target.snapshots ?? here.places.snapshots),
            here.id,
          ),
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
  cluster?: string,
): Promise<void> {
  const taking = takeSnapshot(dkron, io.signal);
  if (file === '-') {
    await print(io, taking.parts);
    const damage = taking.damage();
    if (damage)
      throw damageError(damage, 'standard output', 'All that the server sent was written there.');
    return;
  }
  const saved = await save(file, taking);
  const damage = taking.damage();
  if (json)
    printJson(io, {
      ...saved,
      ...(cluster !== undefined && { server: dkron.url, cluster }),
      ...(damage && { unreadable: damageJson(damage) }),
    });
  if (damage) throw damageError(damage, saved.path);
  if (!json) printLines(io, [[plain(`${saved.path}  ${counted(saved.jobs)}`)]]);
}

const damageJson = ({ unreadable, whole }: Damage) => [
  ...(whole ? [{ name: null, why: whole.message, places: [] }] : []),
  ...unreadable.map(({ name, why, places }) => ({
    name,
    why,
    places: places.map(({ line, column }) => ({ line, column })),
  })),
];

async function save(file: string, taking: Taking): Promise<Saved> {
  if (!(await isFolder(file))) return saveTaken(taking, file);
  return saveTaken(taking, join(file, snapshotName(new Date())), 'number');
}

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

import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../base/counted.ts';
import { type ExitName, OperatorError } from '../base/errors.ts';
import { exists, fileError, isFolder, privateFolder } from '../config/files.ts';
import type { Dkron } from '../dkron/client.ts';
import { askedForJobs } from '../dkron/early-list.ts';
import type { Manifest } from '../snapshot/archive/manifest.ts';
import { chosenOf } from '../snapshot/take/choose.ts';
import { type Damage, damageError } from '../snapshot/take/damage.ts';
import type { SnapshotPart } from '../snapshot/take/format.ts';
import { readSnapshot, type Taken, type TakeOptions, takeSnapshot } from '../snapshot/take/take.ts';
import { plain } from '../view/line.ts';
import { type Coming, progressText, shareOf } from '../view/progress.ts';
import { executionsOf, printExecutions } from './backup-executions.ts';
import {
  type BackupFlags,
  checkForOutput,
  packedFile,
  type Wish,
  wishOf,
  wishOptions,
} from './backup-wish.ts';
import { knownCluster } from './cluster.ts';
import { withDkron } from './connect.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { nobodyReads } from './outlet.ts';
import { printJson, printJsonBytes, printLines, printNote } from './output.ts';
import { oversightOf } from './oversight.ts';
import { progressLine } from './progress.ts';
import { sparedPassing } from './spare-memory.ts';

export function register(program: Command): void {
  const command = program
    .command('backup')
    .description('save all jobs to a file: one job per line as the server sent it, parents first')
    .argument(
      '[file]',
      "file or folder; '-' is stdout; without it, the snapshots folder of this cluster",
    );
  wishOptions(command)
    .addHelpText('after', help)
    .action(async (file: string | undefined, flags: BackupFlags) => {
      const invocation = invocationOf(command);
      const wish = wishOf(flags, oversightOf(invocation));
      if (file === '-') {
        checkForOutput(flags);
        await withDkron(invocation, (dkron) => backupToOutput(invocation, dkron, wish));
        return;
      }
      // The server makes a long list while all else is found out.
      const asked = (dkron: Dkron): Dkron => askedForJobs(dkron, invocation.io);
      // A file that is named needs no place of the cluster, and is written whatever the server is like.
      if (file !== undefined)
        await withDkron(invocation, async (dkron) => {
          const isTaken = (await exists(file)) && !(await isFolder(file));
          const list = isTaken ? dkron : asked(dkron);
          const cluster = knownCluster(invocation, dkron);
          endWith(command, await backup(invocation, list, { ...wish, file, cluster }));
        });
      else {
        const { withCluster } = await import('./with-cluster.ts');
        await withCluster(
          invocation,
          'keep',
          async (dkron, { here, ...rest }) => {
            const folder = await privateFolder(rest.target.snapshots ?? here.places.snapshots);
            const cluster = Promise.resolve({ id: here.id, name: here.name });
            endWith(command, await backup(rest, dkron, { ...wish, file: folder, cluster }));
          },
          asked,
        );
      }
    });
}

const help = `
An existing file is never replaced. The curl-and-jq script can restore the file too, and 'restore'
takes that script's files and the array that curl gets. Each job is read back after it is saved: if
'restore' would refuse one, the backup is kept as FILE.damaged, and the exit code is 7. A name that
the server does not have, or a filter that lets nothing through, is exit code 8: nothing is written.
Exit code 4: the snapshot is good, and the executions of some jobs were not read within the budget.`;

interface Where {
  readonly file: string;
  readonly cluster: Promise<Manifest['cluster']>;
}

async function backup(
  invocation: Invocation,
  dkron: Dkron,
  { file, cluster, label, wanted, kind, skip, quiet, packed, executions }: Wish & Where,
): Promise<ExitName> {
  const { io, json } = invocation;
  const { signal } = io;
  const isPlace = await isFolder(file);
  const chosen = wanted === null ? null : await chosenOf(dkron, wanted, signal);
  const options: TakeOptions = {
    kind,
    cluster,
    signal,
    ...(label !== undefined && { label }),
    ...(chosen !== null && { choose: chosen.choose }),
    ...(skip && { unlessIn: isPlace ? file : dirname(file) }),
  };
  const to = isPlace
    ? { folder: file, ...(packed && { packed }) }
    : { file: packedFile(file, packed) };
  const line = progressLine(io, !quiet && !json);
  const began = performance.now();
  const onProgress = (coming: Coming): void =>
    line.tell(progressText(coming, performance.now() - began), shareOf(coming));
  const take = (): Promise<Taken> =>
    takeSnapshot(chosen?.dkron ?? dkron, to, { ...options, onProgress });
  const taken = await sparedPassing(take).finally(line.end);
  const { path, damage, unchanged } = taken;
  const isShown = !json && !quiet;
  if (isShown && !damage) printLines(io, [[plain(takenText(taken))]]);
  const read =
    executions === null || unchanged || damage
      ? null
      : await executionsOf(io, dkron, path, { ...executions, isShown });
  if (json) printJson(io, { ...takenJson(dkron, taken), ...(read && { executions: read }) });
  if (damage) throw damageError(damage, path);
  if (read === null) return 'ok';
  if (!json) printExecutions(io, read, isShown);
  return read.unread.length === 0 ? 'ok' : 'partial';
}

const takenText = ({ path, manifest, unchanged }: Taken): string =>
  unchanged
    ? `unchanged since ${basename(path)}  ${counted(manifest.count)}, nothing was written`
    : `${path}  ${counted(manifest.count)}`;

const takenJson = ({ url }: Dkron, { path, manifest, unchanged, damage }: Taken) => ({
  path,
  jobs: manifest.count,
  bytes: manifest.bytes,
  unchanged,
  kind: manifest.kind,
  label: manifest.label,
  chosen: manifest.chosen,
  server: url,
  cluster: manifest.cluster?.id ?? null,
  ...(damage && { unreadable: damageJson(damage) }),
});

const damageJson = ({ unreadable, whole }: Damage) => [
  ...(whole ? [{ name: null, why: whole.message, places: [] }] : []),
  ...unreadable.map(({ name, why, places }) => ({
    name,
    why,
    places: places.map(({ line, column }) => ({ line, column })),
  })),
];

async function backupToOutput(
  { io }: Invocation,
  dkron: Dkron,
  { wanted, quiet }: Wish,
): Promise<void> {
  const { signal } = io;
  const chosen = wanted === null ? null : await chosenOf(dkron, wanted, signal);
  const reading = readSnapshot(chosen?.dkron ?? dkron, {
    signal,
    ...(chosen !== null && { choose: chosen.choose }),
  });
  const count = await print(io, reading.parts);
  if (!quiet) printNote(io, counted(count));
  const damage = reading.damage();
  if (damage)
    throw damageError(damage, 'standard output', 'All that the server sent was written there.');
}

/** Gives how many jobs there were. */
async function print(io: Io, parts: AsyncIterable<SnapshotPart>): Promise<number> {
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
  return count;
}

/** Here the output is the result, and half a backup is not a backup. */
const notRead = (cause: unknown): OperatorError =>
  new OperatorError('standard output was closed before the backup was complete', {
    data: 'The part that was written is not a backup.',
    next: "Read it completely, or save it to a file: 'dkron-tui backup FILE'.",
    cause,
  });

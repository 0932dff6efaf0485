/** Where a command finds snapshots, and which one is meant. No server is asked. */
import { join } from 'node:path';
import { counted } from '../base/counted.ts';
import { NotFound } from '../base/errors.ts';
import { exists } from '../config/files.ts';
import { readAddress } from '../dkron/address.ts';
import { listSnapshots, mayBeLatest } from '../snapshot/archive/list.ts';
import type { Invocation } from './invocation.ts';
import { registerOf, wayTo } from './register.ts';

/** For every command that works on a folder of snapshots. */
export const folderOption = [
  '--folder <dir>',
  'the folder of the snapshots; without it, that of the cluster that was reached last by this address or context',
] as const;

/**
 * The folder of the snapshots: the one that was named, the context's, or that of the cluster which is
 * meant. Throws NotFound where no cluster was seen there yet.
 */
export async function archiveFolder(invocation: Invocation, named?: string): Promise<string> {
  if (named !== undefined) return named;
  const { io, cluster } = invocation;
  const register = registerOf(invocation);
  if (cluster.called !== null)
    return io.places.cluster((await register.called(cluster.called)).id).snapshots;
  const { target } = invocation;
  if (target.snapshots !== null) return target.snapshots;
  const { url } = readAddress(target.url);
  const last = await register.last(wayTo(invocation, url));
  if (last !== null) return io.places.cluster(last.id).snapshots;
  throw new NotFound(
    `no cluster was reached by ${target.context ?? url} yet: it has no snapshots here`,
    {
      data: 'Nothing was changed.',
      next: "Name their folder with --folder, or the cluster with --cluster; 'dkron-tui backup' takes the first one.",
    },
  );
}

/**
 * The file that a word means: a path, the name of a snapshot in the folder, or `latest`, `latest~1` for
 * the one before, and so on, of those that hold all jobs and were not taken before a write; `-` is standard
 * input. Throws NotFound.
 */
export async function snapshotFile(
  invocation: Invocation,
  word: string,
  folder?: string,
): Promise<string> {
  if (word === '-' || (await exists(word))) return word;
  const back = /^latest(?:~(\d+))?$/.exec(word);
  if (back === null && word.includes('/')) throw noFile(word);
  const place = await archiveFolder(invocation, folder);
  if (back === null) {
    const path = join(place, word);
    if (await exists(path)) return path;
    throw noFile(word, ` here nor in ${place}`);
  }
  const files = (await listSnapshots(place)).filter(mayBeLatest);
  const file = files[Number(back[1] ?? 0)];
  if (file !== undefined) return file.path;
  throw new NotFound(
    `there is no ${word} in ${place}: it holds ${counted(files.length, 'snapshot')} of all jobs`,
    {
      data: 'Nothing was changed.',
      next: "'dkron-tui snapshots' lists them; those of chosen jobs and those before a write are never the latest.",
    },
  );
}

const noFile = (word: string, where = ''): NotFound =>
  new NotFound(`there is no file ${word}${where}`, {
    data: 'Nothing was changed.',
    next: "Check the name: 'dkron-tui snapshots' lists the snapshots of this cluster.",
  });

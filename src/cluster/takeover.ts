/**
 * What earlier versions kept by address, `journal/<server>` and the like, goes to the first cluster that
 * answers at that address and fits: its jobs may have become what they are from what these files have of
 * them. Everything is moved by renaming and nothing is replaced; what holds the evidence goes last, so that
 * what was interrupted is decided in the same way when it is gone on with.
 */
import { existsSync } from 'node:fs';
import { link, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isFolder, privateFolder } from '../config/files.ts';
import { type Places, serverFolder } from '../config/places.ts';
import { jobsKept } from './evidence.ts';
import type { Sighting } from './fingerprint.ts';
import { whatJobsSay } from './marks.ts';

/** One thing that was kept by address. */
interface Kept {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** In the order in which they are moved: what holds evidence comes last. */
function keptBy(places: Places, id: string, address: string): readonly Kept[] {
  const server = serverFolder(address);
  const { folder, journal, drafts, editor, snapshots } = places.cluster(id);
  return [
    { what: 'files of the editor', from: join(places.state, 'editor', server), to: editor },
    { what: 'drafts', from: join(places.state, 'drafts', server), to: drafts },
    {
      what: 'journal',
      from: join(places.state, 'journal', `${server}.jsonl`),
      to: join(folder, 'journal.jsonl'),
    },
    { what: 'journal', from: join(places.state, 'journal', server), to: journal },
    { what: 'snapshots', from: join(places.data, 'snapshots', server), to: snapshots },
  ];
}

/** The journal that an earlier version kept by this address. */
export const journalBy = (places: Places, address: string): string =>
  join(places.state, 'journal', serverFolder(address));

/** Whether something is kept by this address still. */
export const isKeptByAddress = (places: Places, address: string): boolean =>
  keptBy(places, '', address).some(({ from }) => existsSync(from));

/**
 * Moves what was kept by the address to the cluster, if its jobs fit; `seen` must hold the whole list. Gives a sentence
 * that says so, once; null where nothing was moved. Rejects as the file system does.
 */
export async function takeOver(
  places: Places,
  { id, label }: { readonly id: string; readonly label: string },
  address: string,
  seen: Sighting,
): Promise<string | null> {
  // Asked by every command, and hardly ever there: an answer at once takes less than a promise that fails.
  const kept = keptBy(places, id, address).filter(({ from }) => existsSync(from));
  if (kept.length === 0 || !seen.whole || !seen.leader) return null;
  const snapshots = join(places.data, 'snapshots', serverFolder(address));
  const sample = await jobsKept(journalBy(places, address), snapshots);
  const { word } = whatJobsSay({ sample }, seen);
  if (word === 'against' || word === 'doubt') return null;
  await privateFolder(places.cluster(id).folder);
  const beside: string[] = [];
  for (const { from, to } of kept) beside.push(...(await move(from, to)));
  const what = [...new Set(kept.map(({ what }) => what))].join(', ');
  const where = kept.some(({ what }) => what === 'snapshots')
    ? `; the snapshots are in ${places.cluster(id).snapshots} now`
    : '';
  const clash =
    beside.length === 0
      ? ''
      : `; of the same name as others, and kept beside them: ${beside.join(', ')}`;
  return `What was kept by the address ${address} belongs to the cluster ${label} from now on: ${what}${where}${clash}`;
}

/** Gives the paths of what had to take another name. A thing that is gone was moved by another program. */
async function move(from: string, to: string): Promise<string[]> {
  if (!(await isFolder(from))) return moveFile(from, to);
  try {
    await rename(from, to);
    return [];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !existsSync(from)) return [];
    if (code === 'ENOENT') await privateFolder(join(to, '..'));
    else if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
  await privateFolder(to);
  const beside: string[] = [];
  for (const name of await readdir(from))
    beside.push(...(await move(join(from, name), join(to, name))));
  await rmdir(from).catch(() => {});
  return beside;
}

/** A file of the same name stays what it is. */
async function moveFile(from: string, to: string): Promise<string[]> {
  for (let count = 1; ; count++) {
    const path = count === 1 ? to : besideOf(to, count);
    try {
      // A rename would replace what is there.
      await link(from, path);
      await rm(from);
      return count === 1 ? [] : [path];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && !existsSync(from)) return [];
      if (code !== 'EEXIST') throw error;
      // It was linked before the program was ended.
      if (await isSame(from, path)) {
        await rm(from);
        return [];
      }
    }
  }
}

const besideOf = (path: string, count: number): string => {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}~${count}${ending}`;
};

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = [await stat(one), await stat(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

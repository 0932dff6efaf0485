/** Which of the words of a comparison are snapshots, and which are names of jobs. */
import { join } from 'node:path';
import { OperatorError, UsageError } from '../base/errors.ts';
import { exists } from '../config/files.ts';
import type { Which } from '../snapshot/diff/open.ts';
import { archiveFolder, snapshotFile } from './archive.ts';
import type { Invocation } from './invocation.ts';

export interface DiffWords {
  readonly from: Which;
  readonly to: Which;
  readonly names: readonly string[];
  /** The word that was taken for a file, and could be the name of a job as well; null for none. */
  readonly doubtful: string | null;
}

const live = 'live';

/** Throws UsageError, and NotFound for a snapshot that is not there. */
export async function readWords(
  invocation: Invocation,
  first: string,
  [second, ...names]: readonly string[],
  { folder }: { readonly folder?: string },
): Promise<DiffWords> {
  const file = async (word: string): Promise<Which> =>
    word === live ? null : snapshotFile(invocation, word, folder);
  const isSide = second !== undefined && (await meansSide(invocation, second, folder));
  const words = { from: await file(first), to: isSide ? await file(second) : null };
  if (words.from === null && words.to === null) throw nothingToCompare;
  if (words.from === '-' && words.to === '-') throw twice;
  if (second === undefined || isSide)
    return { ...words, names, doubtful: isSide && !second.includes('/') ? second : null };
  return { ...words, names: [second, ...names], doubtful: null };
}

async function meansSide(invocation: Invocation, word: string, folder?: string): Promise<boolean> {
  if (word === live || word === '-' || word.includes('/') || /^latest(?:~\d+)?$/.test(word))
    return true;
  if (await exists(word)) return true;
  try {
    return await exists(join(await archiveFolder(invocation, folder), word));
  } catch (error) {
    // Without a cluster there is no folder, and a file needs none.
    if (error instanceof OperatorError) return false;
    throw error;
  }
}

const nothingToCompare = new UsageError('live is compared with itself', {
  data: 'nothing was compared',
  next: "Name a snapshot: 'dkron-tui diff latest' compares the latest with what the server has now.",
});

const twice = new UsageError('standard input can be read only once', {
  data: 'nothing was compared',
  next: 'Save one of the two to a file first.',
});

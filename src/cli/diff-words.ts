/** Which of the words of a comparison are snapshots, and which are names of jobs. */
import { join } from 'node:path';
import { OperatorError, UsageError } from '../base/errors.ts';
import { exists } from '../config/files.ts';
import type { Elsewhere, Which } from '../snapshot/diff/open.ts';
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

export interface Given {
  readonly folder?: string;
  /** Sides that options name, and no word does. */
  readonly from: Elsewhere | undefined;
  readonly to: Elsewhere | undefined;
}

/** Throws UsageError, and NotFound for a snapshot that is not there. */
export async function readWords(
  invocation: Invocation,
  words: readonly string[],
  given: Given,
): Promise<DiffWords> {
  const { from, to } = given;
  if (from !== undefined && to !== undefined) return { from, to, names: words, doubtful: null };
  const file = async (word: string): Promise<Which> =>
    word === live ? null : snapshotFile(invocation, word, given.folder);
  const [first, ...others] = words;
  if (from === undefined && to === undefined) {
    if (first === undefined) throw nothingNamed;
    return withOther(await file(first), others, (a, b) => ({ from: a, to: b }));
  }
  return withOther(from ?? to!, words, (given, word) =>
    from === undefined ? { from: word, to: given } : { from: given, to: word },
  );

  /** The next word is the other side, where it means one; without one that is live. */
  async function withOther(
    one: Which,
    [word, ...names]: readonly string[],
    as: (one: Which, other: Which) => Pick<DiffWords, 'from' | 'to'>,
  ): Promise<DiffWords> {
    const isSide = word !== undefined && (await meansSide(invocation, word, given.folder));
    const other = isSide ? await file(word) : null;
    if (one === null && other === null) throw nothingToCompare;
    if (one === '-' && other === '-') throw twice;
    if (word === undefined || isSide)
      return { ...as(one, other), names, doubtful: isSide && !word.includes('/') ? word : null };
    return { ...as(one, other), names: [word, ...names], doubtful: null };
  }
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

const nothingNamed = new UsageError('nothing is named to compare', {
  data: 'nothing was compared',
  next: "Name a snapshot ('dkron-tui diff latest'), or clusters with --from-context and --to-context, --from-url and --to-url.",
});

const twice = new UsageError('standard input can be read only once', {
  data: 'nothing was compared',
  next: 'Save one of the two to a file first.',
});

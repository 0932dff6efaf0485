/** The first words of a plan's lines: what is done with a job. */
import { stringifyJson } from '../../json/numbers.ts';
import type { RestoreItem, RestoreKind } from '../model.ts';
import type { Choice } from './plan-file.ts';

type Writing = Extract<RestoreKind, 'new' | 'change' | 'delete'>;

const writingWords: Readonly<Record<Writing, string>> = {
  new: 'create',
  change: 'overwrite',
  delete: 'delete',
};

const isWriting = (kind: RestoreKind): kind is Writing => kind in writingWords;

/** Of a job that is only on the server, and has no definition in the text. */
export const restWord: RestoreKind = 'only-here';

/** The word of a job's line. */
export function wordOf({ kind }: RestoreItem, choice: Choice = 'skip'): string {
  if (!isWriting(kind)) return kind;
  return choice === 'do' ? writingWords[kind] : choice;
}

/** The words that can stand there, the one for leaving it alone last. */
export function wordsFor(item: RestoreItem): string[] {
  const kind = meant(item);
  const own = isWriting(item.kind) ? [] : [item.kind];
  return [...own, ...(kind === null ? [] : [writingWords[kind], 'ask']), 'skip'];
}

/** What the word makes of the job; null: it is left alone, as the plan does by itself. */
export function choiceOf(item: RestoreItem, word: string): Choice | null {
  if (word === 'skip') return isWriting(item.kind) ? 'skip' : null;
  if (word === item.kind && !isWriting(item.kind)) return null;
  return word === 'ask' ? 'ask' : 'do';
}

/** As what it is written, also where the plan found nothing to write, or an obstacle; null: there is no job to write. */
export function meant({ kind, seen, job, places, moved }: RestoreItem): Writing | null {
  if (isWriting(kind)) return kind;
  if (kind === 'only-here' || places !== undefined || moved?.kind === 'delete') return null;
  if (seen === null) return kind === 'blocked' ? 'new' : null;
  // A deletion has no other definition than the one that is to go.
  return kind === 'blocked' && isSameText(job, seen) ? 'delete' : 'change';
}

export const isSameText = (one: unknown, other: unknown): boolean =>
  one === other || (one !== null && other !== null && stringifyJson(one) === stringifyJson(other));

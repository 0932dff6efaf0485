/** What a plan would do with a job, in words and tones: both twins say it so. */
import type { Tone } from '../view/line.ts';
import type { RestoreItem, RestoreKind } from './model.ts';

export const kindTones: Readonly<Record<RestoreKind, Tone>> = {
  change: 'attention',
  new: 'ok',
  delete: 'bad',
  blocked: 'bad',
  same: 'quiet',
  'only-here': 'quiet',
};

const kindWords: Readonly<Record<RestoreKind, string>> = {
  change: 'changed',
  new: 'new',
  delete: 'to delete',
  blocked: 'blocked',
  same: 'same',
  'only-here': 'only here',
};

/** `1 changed`, `41 same`: only what there is. */
export function kindCounts(items: readonly RestoreItem[]): string[] {
  const byKind = Map.groupBy(items, ({ kind }) => kind);
  return Object.entries(kindWords).flatMap(([kind, words]) => {
    const count = byKind.get(kind as RestoreKind)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
}

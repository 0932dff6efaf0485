/** What a comparison says in a letter and in words. */
import { counted } from '../../base/counted.ts';
import type { Tone } from '../../view/line.ts';
import type { Comparison, DifferenceKind } from './compare.ts';

export const kindWords: Readonly<
  Record<DifferenceKind, { readonly sign: string; readonly word: string; readonly tone: Tone }>
> = {
  added: { sign: '+', word: 'added', tone: 'ok' },
  removed: { sign: '−', word: 'removed', tone: 'bad' },
  changed: { sign: '~', word: 'changed', tone: 'attention' },
  unreadable: { sign: '!', word: 'cannot be compared', tone: 'bad' },
};

/** How many jobs there are of each kind, those that are the same among them. */
export const countsOf = ({ differences, same }: Comparison) => {
  const count = (wanted: DifferenceKind): number =>
    differences.filter(({ kind }) => kind === wanted).length;
  return {
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    unreadable: count('unreadable'),
    same,
  };
};

/** `1 added, 2 changed, 40 jobs the same`: only what there is. */
export function countsText(comparison: Comparison): string {
  const { same, ...counts } = countsOf(comparison);
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kindWords[kind as DifferenceKind].word}`);
  return [...told, `${counted(same)} the same`].join(', ');
}

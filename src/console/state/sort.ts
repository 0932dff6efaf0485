/** What the rows of a table are sorted by, as keys step through it and as words after `:sort` say it. */
import type { Sort } from '../../view/job-columns.ts';

/** Which jobs are asked for, in which order. */
export interface AskedRows {
  readonly filter: string;
  readonly sort: Sort;
}

export interface SortBy<Id extends string> {
  readonly column: Id;
  readonly descending: boolean;
}

/** The next column to the right or the left; round the end. */
export function stepped<Id extends string>(ids: readonly Id[], from: Id, by: 1 | -1): SortBy<Id> {
  const at = (ids.indexOf(from) + by + ids.length) % ids.length;
  return { column: ids[at]!, descending: false };
}

/** `name`, `name desc`; else what is wrong with the words, in a sentence. */
export function sortOf<Id extends string>(
  words: string,
  ids: readonly Id[],
): SortBy<Id> | { readonly problem: string } {
  const [name = '', direction = ''] = words.split(/[\s:]+/);
  const column = ids.find((id) => id === name);
  if (column === undefined) return { problem: `:sort takes one of ${ids.join(', ')}` };
  if (!['ascending', 'descending'].some((word) => word.startsWith(direction)))
    return { problem: `:sort ${name} takes asc or desc, not ${direction}` };
  return { column, descending: direction.startsWith('d') };
}

/** The arrow in the title of the column that is sorted by. */
export const arrow = ({ descending }: Pick<SortBy<string>, 'descending'>): string =>
  descending ? '▼' : '▲';

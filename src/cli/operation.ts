/** Operations and changes of the journal, by the beginnings of their ids. */
import { counted } from '../base/counted.ts';
import { NotFound, UsageError } from '../base/errors.ts';
import type { FileJournal, PastChange } from '../journal/file.ts';
import type { Operation } from '../journal/operation.ts';

/** So much of an id is shown: enough to tell it apart. */
export const shownOfId = 8;

/** Throws NotFound, and UsageError where several begin so. */
export const operationCalled = (journal: FileJournal, id: string): Promise<Operation> =>
  oneCalled('operation', journal.list(), id);

/** Throws NotFound, and UsageError where several begin so. */
export const changeCalled = (journal: FileJournal, id: string): Promise<PastChange> =>
  oneCalled('change', journal.called(id), id);

/**
 * The one whose id begins so; `all` come newest first. As much of an id as is shown is one's own: it is not
 * looked for any further.
 */
async function oneCalled<T extends { readonly id: string }>(
  what: 'change' | 'operation',
  all: AsyncIterable<T>,
  id: string,
): Promise<T> {
  const found: T[] = [];
  for await (const each of all) {
    if (each.id.startsWith(id)) found.push(each);
    if (found.length > 0 && id.length >= shownOfId) break;
  }
  const [one, ...more] = found;
  if (one === undefined)
    throw new NotFound(`no ${what} in the journal has the id ${id}`, {
      data: 'nothing was written',
      next: hints[what],
    });
  if (more.length > 0)
    throw new UsageError(`the ids of ${counted(more.length + 1, what)} begin with ${id}`, {
      data: 'nothing was written',
      next: "give more characters of it: 'dkron-tui journal --json' has the full ids",
    });
  return one;
}

const hints = {
  operation: "'dkron-tui journal' lists the operations with their ids",
  change: "'dkron-tui journal NAME' lists the changes of a job with their ids",
};

/** Operations and changes of the journal, by the beginnings of their ids. */
import { counted } from '../base/counted.ts';
import { NotFound, UsageError } from '../base/errors.ts';
import type { FileJournal } from '../journal/file.ts';
import type { Operation } from '../journal/operation.ts';

/** Throws NotFound, and UsageError where several begin so. */
export const operationCalled = async (journal: FileJournal, id: string): Promise<Operation> =>
  oneCalled('operation', await Array.fromAsync(journal.list()), id);

/** The one whose id begins so. */
export function oneCalled<T extends { readonly id: string }>(
  what: 'change' | 'operation',
  all: readonly T[],
  id: string,
): T {
  const [one, ...more] = all.filter((each) => each.id.startsWith(id));
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

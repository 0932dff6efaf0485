import type { Journal } from '../../src/journal/entry.ts';
import type { FileJournal, PastChange } from '../../src/journal/file.ts';
import type { Keep } from '../../src/plan/safety.ts';

/** The changes of the newest operation that happened, or may have; none when there is none. */
export async function lastOperation(
  journal: Pick<FileJournal, 'operations'>,
): Promise<readonly PastChange[]> {
  for await (const operation of journal.operations()) return operation;
  return [];
}

/** A journal that forgets: here only, so that no change of the program can be made without one. */
export const noJournal: Journal = {
  before: async () => {},
  after: async () => {},
};

/** Takes no safety snapshot, and says that it did. */
export const keepsNothing: Keep = async () => 'nothing-kept';

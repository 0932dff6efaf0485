import type { FileJournal, PastChange } from '../../src/restore/journal.ts';

/** The changes of the newest operation that happened, or may have; none when there is none. */
export async function lastOperation(
  journal: Pick<FileJournal, 'operations'>,
): Promise<readonly PastChange[]> {
  for await (const operation of journal.operations()) return operation;
  return [];
}

/** What the journal remembers, as the console asks for it. */
import type { FileJournal, PastChange } from '../restore/journal.ts';
import { reversalsOf } from '../restore/undo.ts';
import type { Message } from './model.ts';

export interface Past {
  readonly list: () => Promise<void>;
  readonly undo: (change?: PastChange) => Promise<void>;
}

export function createPast(journal: FileJournal, dispatch: (message: Message) => void): Past {
  return {
    list: async () =>
      dispatch({ type: 'journal', changes: (await journal.changes()).toReversed() }),
    undo: async (chosen) => {
      const changes = chosen ? [chosen] : await journal.lastOperation();
      if (changes.length > 0)
        return dispatch({ type: 'return', changes, reversals: reversalsOf(changes) });
      const text = 'nothing was changed on this server from this machine';
      dispatch({ type: 'flash', flash: { level: 'info', text } });
    },
  };
}

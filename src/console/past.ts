/** What the journal remembers, as the console asks for it. */
import type { FileJournal, PastChange } from '../restore/journal.ts';
import { reversalsOf } from '../restore/undo.ts';
import type { Message } from './model.ts';

export interface Past {
  readonly list: () => Promise<void>;
  readonly undo: (change?: PastChange) => Promise<void>;
}

/** More than anybody scrolls through; `dkron-tui journal` lists all. */
const most = 2_000;

export function createPast(journal: FileJournal, dispatch: (message: Message) => void): Past {
  const told = new Set<string>();
  /** What could not be read is named once. */
  const tellPassedOver = (): void => {
    const [first, ...more] = journal.passedOver().filter((what) => !told.has(what));
    if (first === undefined) return;
    for (const what of [first, ...more]) told.add(what);
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    const text = `passed over in the journal: ${first}${others}`;
    dispatch({ type: 'flash', flash: { level: 'error', text } });
  };
  return {
    list: async () => {
      const changes = await journal.changes(most);
      dispatch({ type: 'journal', changes: changes.toReversed() });
      tellPassedOver();
    },
    undo: async (chosen) => {
      const changes = chosen ? [chosen] : await journal.lastOperation();
      tellPassedOver();
      if (changes.length > 0)
        return dispatch({ type: 'return', changes, reversals: reversalsOf(changes) });
      const text = 'nothing was changed on this server from this machine';
      dispatch({ type: 'flash', flash: { level: 'info', text } });
    },
  };
}

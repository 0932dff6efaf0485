/** What the journal remembers, as the console asks for it. */
import { parseJob } from '../dkron/list.ts';
import type { FileJournal, PastChange } from '../restore/journal.ts';
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
      const change = chosen ?? (await journal.lastChange());
      if (change !== null) return dispatch(returnTo(change));
      const text = 'nothing was changed on this server from this machine';
      dispatch({ type: 'flash', flash: { level: 'info', text } });
    },
  };
}

/** The wish to have a job again as it was before a change. */
const returnTo = (change: PastChange): Message => ({
  type: 'return',
  change,
  before: change.before === null ? null : parseJob(change.server, change.before).job,
});

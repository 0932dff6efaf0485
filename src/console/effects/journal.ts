/** What the journal remembers, as the console asks for it. */
import { OperatorError, UnreadableJob } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { currentAll, type Found } from '../../dkron/write/reread.ts';
import type { Job } from '../../job/job.ts';
import type { FileJournal, PastChange } from '../../journal/file.ts';
import { reversalsOf } from '../../journal/reversals.ts';
import { newestInEffect, type PassedOver } from '../../plan/undo.ts';
import type { Message } from '../state/model.ts';

export interface JournalEffects {
  readonly list: () => Promise<void>;
  readonly undo: (change?: PastChange) => Promise<void>;
}

/** More than anybody scrolls through; `dkron-tui journal` lists all. */
const most = 2_000;

export function createJournalEffects(
  client: Dkron,
  journal: FileJournal,
  dispatch: (message: Message) => void,
): JournalEffects {
  const told = new Set<string>();
  /** What could not be read is named once. */
  const tellPassedOver = (): void => {
    const [first, ...more] = journal.passedOver().filter((what) => !told.has(what));
    if (first === undefined) return;
    for (const what of [first, ...more]) told.add(what);
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    const text = `skipped in the journal: ${first}${others}`;
    dispatch({ type: 'flash', flash: { level: 'error', text } });
  };
  const look = async (
    names: readonly string[],
  ): Promise<Map<string, Job | null | 'unreadable'>> => {
    const now = await currentAll(client, names, {});
    return new Map([...now].map(([name, found]) => [name, jobOf(found)]));
  };
  return {
    list: async () => {
      try {
        const changes = await journal.changes(most);
        const [first] = changes.length === 0 ? journal.passedOver() : [];
        const problem = first === undefined ? {} : { problem: first };
        dispatch({ type: 'journal', changes: changes.toReversed(), ...problem });
        tellPassedOver();
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        dispatch({ type: 'journal', changes: [], problem: error.message });
      }
    },
    undo: async (chosen) => {
      const { operations, passed } = chosen
        ? { operations: [[chosen]], passed: [] }
        : await newestInEffect(journal.operations(), look);
      const changes = operations.toReversed().flat();
      tellPassedOver();
      if (changes.length > 0) {
        dispatch({ type: 'return', changes, reversals: reversalsOf(changes) });
        if (passed.length > 0)
          dispatch({ type: 'flash', flash: { level: 'info', text: passedText(passed) } });
        return;
      }
      const what = passed.length === 0 ? 'nothing was changed' : 'nothing is left to undo';
      const text = `${what} on this cluster from this machine`;
      dispatch({ type: 'flash', flash: { level: 'info', text } });
    },
  };
}

const jobOf = (found: Found): Job | null | 'unreadable' =>
  found instanceof UnreadableJob ? 'unreadable' : (found?.job ?? null);

/** What is shown is not the last change, and why. */
function passedText(passed: readonly PassedOver[]): string {
  const count = passed.length === 1 ? 'a newer change' : `${passed.length} newer changes`;
  const [first] = passed;
  const jobs = new Set(first?.changes.map(({ job }) => job));
  const which = jobs.size === 1 ? ` (of ${[...jobs].join()})` : '';
  return `${count}${which} did not happen, or is already undone`;
}

/** What the journal remembers, as the console asks for it. */
import { OperatorError, UnreadableJob } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { currentAll, type Found } from '../../dkron/write/reread.ts';
import type { Job } from '../../job/job.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { Operation } from '../../journal/operation.ts';
import { reversalsOf } from '../../journal/reversals.ts';
import { type Newest, newestInEffect, type PassedOver } from '../../plan/undo.ts';
import type { ToUndo } from '../state/journal.ts';
import type { Message } from '../state/model.ts';

export interface JournalEffects {
  /** The newest operations, or those that are older than one by its key. */
  readonly list: (olderThan?: string) => Promise<void>;
  /** The changes of the operation of this key. */
  readonly read: (key: string) => Promise<void>;
  readonly undo: (what?: ToUndo) => Promise<void>;
}

/** Operations that are read at once. */
const page = 200;

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
  async function toTakeBack(what: ToUndo | undefined): Promise<Newest> {
    if (what === undefined) return newestInEffect(journal.operations(), look);
    if ('backTo' in what)
      return newestInEffect(journal.operations(), look, { through: what.backTo.id });
    const changes =
      'change' in what
        ? [what.change]
        : journal.toUndo(await journal.operation(what.operation.key));
    return { operations: changes.length === 0 ? [] : [changes], passed: [] };
  }

  return {
    list: async (olderThan) => {
      const from = olderThan === undefined ? {} : { olderThan };
      try {
        const operations: Operation[] = [];
        for await (const operation of journal.list(olderThan)) {
          operations.push(operation);
          if (operations.length > page) break;
        }
        const [first] = operations.length === 0 ? journal.passedOver() : [];
        const problem = first === undefined ? {} : { problem: first };
        const more = operations.length > page;
        const shown = operations.slice(0, page);
        dispatch({ type: 'journal', operations: shown, more, ...from, ...problem });
        tellPassedOver();
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        dispatch({ type: 'journal', operations: [], more: false, ...from, problem: error.message });
      }
    },
    read: async (key) => {
      dispatch({ type: 'operation', key, changes: await journal.operation(key) });
      tellPassedOver();
    },
    undo: async (what) => {
      const { operations, passed } = await toTakeBack(what);
      tellPassedOver();
      if (operations.length > 0) {
        const reversals = reversalsOf(operations.toReversed().flat());
        const one = what !== undefined && 'change' in what;
        const undoes = one ? [] : operations.map(([change]) => change!.operation ?? change!.id);
        dispatch({ type: 'return', operations, reversals, undoes });
        if (passed.length > 0)
          dispatch({ type: 'flash', flash: { level: 'info', text: passedText(passed) } });
        return;
      }
      const said = passed.length === 0 ? 'nothing was changed' : 'nothing is left to undo';
      const text = `${said} on this cluster from this machine`;
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

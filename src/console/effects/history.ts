/** The history of a job, as the console asks for it. */
import { OperatorError } from '../../base/errors.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { Sighting } from '../../journal/history/seen.ts';
import { type History, historyOf } from '../../snapshot/history/history.ts';
import type { Message, State } from '../state/model.ts';

export interface HistoryEffects {
  /** `now`: the job as the server shows it, where that is known. */
  readonly read: (name: string, now: Sighting | null) => Promise<void>;
  /** Throws OperatorError where it cannot be read. */
  readonly find: (name: string, now: Sighting | null) => Promise<History>;
}

export interface HistoryOptions {
  /** The id of the cluster that is shown. */
  readonly id: string;
  /** Where its snapshots are. */
  readonly folder: string;
  readonly journal: FileJournal;
  readonly dispatch: (message: Message) => void;
}

export function createHistoryEffects({
  id,
  folder,
  journal,
  dispatch,
}: HistoryOptions): HistoryEffects {
  const where = { folder, cluster: id, journalOf: async () => journal };
  const find = (name: string, now: Sighting | null): Promise<History> =>
    historyOf(name, where, now);
  return {
    find,
    read: async (name, now) => {
      try {
        dispatch({ type: 'history', name, history: await find(name, now) });
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        dispatch({ type: 'history', name, history: null, problem: error.message });
      }
    },
  };
}

/** The job as the server showed it in the last whole list; null where that does not tell. */
export function liveSighting({ jobs }: State, name: string): Sighting | null {
  const { byName, unreadable, at } = jobs;
  if (at === null || unreadable.some((one) => one.name === name)) return null;
  return { at, state: byName.get(name) ?? null, source: { kind: 'server', id: 'now' } };
}

/** What is noted of snapshots, and which of them go, as the console asks for it. */
import { counted } from '../../base/counted.ts';
import { OperatorError } from '../../base/errors.ts';
import type { FileJournal } from '../../journal/file.ts';
import { listSnapshots } from '../../snapshot/archive/list.ts';
import { type Notes, noteOn } from '../../snapshot/archive/note.ts';
import { going } from '../../snapshot/prune/lines.ts';
import { neededSafety } from '../../snapshot/prune/needed.ts';
import { type Policy, policyOf, type Words } from '../../snapshot/prune/policy.ts';
import { type Group, planPrune } from '../../snapshot/prune/prune.ts';
import { removeSnapshots } from '../../snapshot/prune/remove.ts';
import type { Flash, Message } from '../state/model.ts';

export interface ArchiveEffects {
  readonly note: (file: string, notes: Notes) => Promise<void>;
  readonly planPrune: (words: Words) => Promise<void>;
  /** Of those that were shown to go, what still goes by these words. */
  readonly prune: (words: Words, files: readonly string[]) => Promise<void>;
}

export interface ArchiveOptions {
  /** The id of the cluster that is shown. */
  readonly id: string;
  /** Where its snapshots are. */
  readonly folder: string;
  readonly journal: FileJournal;
  readonly now: () => number;
  /** Lists the snapshots once more. */
  readonly list: () => Promise<void>;
  readonly dispatch: (message: Message) => void;
}

export function createArchiveEffects(options: ArchiveOptions): ArchiveEffects {
  const { id, folder, journal, now, list, dispatch } = options;
  const journalOf = (cluster: string): FileJournal => {
    if (cluster === id) return journal;
    throw new OperatorError('the journal of another cluster is not read here');
  };

  async function groupsBy(policy: Policy): Promise<Group[]> {
    const files = await listSnapshots(folder);
    const needed = await neededSafety(files, journalOf, now());
    return planPrune(files, { policy, now: now(), needed });
  }

  async function plan(words: Words): Promise<void> {
    try {
      const groups = await groupsBy(policyOf(words, (rule) => `keep-${rule}`));
      dispatch({ type: 'prune-plan', groups });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      dispatch({ type: 'prune-plan', groups: [], problem: error.message });
    }
  }

  return {
    note: async (file, notes) => {
      await noteOn(file, notes);
      await list();
    },
    planPrune: plan,
    prune: async (words, files) => {
      const agreed = new Set(files);
      const groups = await groupsBy(policyOf(words, (rule) => `keep-${rule}`));
      const go = going(groups).flatMap(({ file }) => (agreed.has(file.path) ? [file] : []));
      const removals = await removeSnapshots(go, now());
      const left = removals.filter(({ why }) => why !== null);
      const [first] = left;
      const gone = `${counted(removals.length - left.length, 'snapshot')} removed`;
      const flash: Flash =
        first === undefined
          ? { level: 'ok', text: gone }
          : { level: 'error', text: `${gone}; ${first.file.name} is still there: ${first.why}` };
      dispatch({ type: 'flash', flash });
      await plan(words);
      await list();
    },
  };
}

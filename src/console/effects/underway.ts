/** Changes that were sent and whose outcome is not known yet; leaving waits for them and tells of them. */
import type { Journal, JournalOutcome } from '../../journal/entry.ts';

export interface Underway {
  /** The journal through which all changes go: what is noted there before and not after is on its way. */
  readonly watch: (journal: Journal) => Journal;
  /** Work that leaving waits for. */
  readonly track: <A extends readonly unknown[]>(
    work: (...args: A) => Promise<void>,
  ) => (...args: A) => Promise<void>;
  /** The jobs whose changes are on their way, for a sentence: `zones`, or `3 jobs`; null for none. */
  readonly what: () => string | null;
  /** From here on it remembers what becomes of changes. */
  readonly leave: () => void;
  /** Resolves when all work has ended. */
  readonly ended: () => Promise<void>;
  /** What became of the changes that were on their way when `leave` was called. */
  readonly lastWords: () => string[];
}

export function watchChanges(): Underway {
  const open = new Map<string, string>();
  const working = new Set<Promise<void>>();
  const known: (Pick<JournalOutcome, 'outcome' | 'error'> & { readonly job: string })[] = [];
  let left = false;

  const watch = (inner: Journal): Journal => ({
    before: async (entry) => {
      await inner.before(entry);
      open.set(entry.id, entry.job);
    },
    after: async (outcome) => {
      const job = open.get(outcome.id);
      open.delete(outcome.id);
      if (left && job !== undefined)
        known.push({ job, outcome: outcome.outcome, error: outcome.error ?? '' });
      await inner.after(outcome);
    },
  });

  return {
    watch,
    track:
      (work) =>
      (...args) => {
        const promise = work(...args);
        const done = promise.catch(() => {});
        working.add(done);
        void done.then(() => working.delete(done));
        return promise;
      },
    what: () => (open.size === 0 ? null : jobsText([...open.values()])),
    leave: () => {
      left = true;
    },
    ended: async () => {
      while (working.size > 0) await Promise.all(working);
    },
    lastWords: () => {
      const unanswered = [...open.values()].map((job) => ({ job, outcome: 'unknown' }));
      return wordsOf([...known, ...unanswered]);
    },
  };
}

/** A line for each thing that became of some. */
function wordsOf(
  changes: readonly { readonly job: string; readonly outcome: string; readonly error?: string }[],
): string[] {
  const groups = Map.groupBy(changes, ({ outcome, error = '' }) =>
    outcome === 'refused' ? `not written: ${error}` : outcome,
  );
  return [...groups].map(([what, group]) => {
    const jobs = jobsText(group.map(({ job }) => job));
    if (what === 'written') return `${jobs}: written and verified`;
    if (what === 'unknown') return `${jobs}: ${notKnown}`;
    return `${jobs}: ${what}`;
  });
}

const notKnown =
  "sent, but no answer came: it may have been done. Check before you send it again; 'dkron-tui journal' shows it";

const some = 3;

function jobsText(names: readonly string[]): string {
  const jobs = [...new Set(names)];
  return jobs.length > some ? `${jobs.length} jobs` : jobs.join(', ');
}

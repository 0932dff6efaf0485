/** Finishing an operation that was interrupted: first what is in doubt is looked at, then what is left is planned. */
import type { Dkron } from '../../dkron/client.ts';
import { type Live, readLive } from '../../dkron/live.ts';
import { type Doubt, type Settling, settle } from '../../dkron/write/settle.ts';
import type { FileJournal, PastChange } from '../../journal/file.ts';
import { reversalsOf } from '../../journal/reversals.ts';
import type { RestorePlan } from '../model.ts';
import { renewPlan } from '../renew.ts';
import type { Taken } from './store.ts';

/** What is left of an operation, and what it was planned against. */
export interface Rest {
  readonly plan: RestorePlan;
  readonly live: Live;
}

export interface Resuming extends Omit<Settling, 'journal'> {
  readonly journal: FileJournal;
}

/**
 * Sends nothing. From here on the journal notes changes of this operation where it noted those before. Throws what
 * reading throws, and OutcomeUnknown while it cannot be seen what became of the last changes.
 */
export async function findRest(
  client: Dkron,
  { operation, plan }: Pick<Taken, 'operation' | 'plan'>,
  resuming: Resuming,
): Promise<Rest> {
  const done = await findDone(client, { operation, listed: plan.listed }, resuming);
  const live = await readLive(client, { signal: resuming.signal });
  const names = new Set(plan.items.map(({ name }) => name));
  return { plan: renewPlan(plan, names, live, { done, since: 'this was begun' }), live };
}

/** The jobs that an operation has written, those whose fate nobody noted among them; as `findRest`. */
export async function findDone(
  client: Dkron,
  { operation, listed }: { readonly operation: string; readonly listed?: number | undefined },
  { journal, ...looking }: Resuming,
): Promise<ReadonlySet<string>> {
  const changes = await lastChanges(journal, operation);
  const inDoubt = changes.filter(({ result }) => result === null || result.outcome === 'unknown');
  // Where many are in doubt one list is cheaper than each of them.
  const about = listed === undefined ? {} : { listed };
  const settled = await settle(client, inDoubt.map(doubtOf), { ...looking, ...about, journal });
  return new Set([...writtenOf(changes), ...settled]);
}

/** The same as far as the journal knows. */
export const notedDone = async (journal: FileJournal, operation: string): Promise<string[]> =>
  writtenOf(await lastChanges(journal, operation));

/** Of each job the last one. */
const lastChanges = async (journal: FileJournal, operation: string): Promise<PastChange[]> => [
  ...new Map((await journal.goOn(operation)).map((change) => [change.job, change])).values(),
];

const writtenOf = (changes: readonly PastChange[]): string[] =>
  changes.filter(({ result }) => result?.outcome === 'written').map(({ job }) => job);

/** Throws CorruptFile where the journal's definitions cannot be read. */
function doubtOf(change: PastChange): Doubt {
  const { id, job: name, before: text } = change;
  const [reversal] = reversalsOf([{ ...change, result: null }]);
  const { before, after } = reversal!;
  return { id, name, wanted: after, before: before && text ? { job: before, text } : null };
}

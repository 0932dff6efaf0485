/** How a plan that starts or ends a maintenance is kept: before its first change is sent, until its last is done. */
import { OperatorError } from '../../base/errors.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { Begin, Beginning, Resumed } from '../apply.ts';
import { isToDo, writable } from '../compare.ts';
import type { MaintenanceStep, RestorePlan, RestoreResult } from '../model.ts';
import { isBegun, isOpen } from '../outcome.ts';
import { notedDone } from '../unfinished/resume.ts';
import type { MaintenanceRecord } from './record.ts';
import type { Held } from './store.ts';

export interface Keeping {
  readonly begin: Begin;
  /** The operation that it goes on with; null for a new one. */
  readonly resumes: Resumed | null;
}

interface Around {
  readonly journal: FileJournal;
  /** RFC 3339 */
  readonly now: () => string;
}

/** Throws OperatorError where the maintenance is another by now than when the plan was made. */
export function keepStep(held: Held, wanted: MaintenanceStep, { journal, now }: Around): Keeping {
  const { record } = held;
  if (wanted.step === 'end') {
    if (record === null || record.id !== wanted.id) throw isOver(wanted);
    return { begin: endOf(held, record), resumes: record.step === 'ending' ? record : null };
  }
  if (record === null) return { begin: startOf(held, wanted, now), resumes: null };
  if (record.id !== wanted.id || record.step !== 'starting') throw runsAlready(record);
  return { begin: goOn(held, record, journal), resumes: record };
}

/**
 * Brings to its end a step of which nothing is left to write: as `begin` does, without an operation. Throws
 * OperatorError.
 */
export async function closeStep(
  held: Held,
  plan: RestorePlan,
  journal: FileJournal,
): Promise<void> {
  const { record } = held;
  if (record === null || writable(plan).length > 0) return;
  if (record.step === 'starting' && plan.maintenance?.step === 'start')
    await started(held, record, await notedDone(journal, record.operation));
  else if (plan.items.every(({ kind }) => kind !== 'blocked')) await held.forget();
}

const startOf =
  (held: Held, { id, name, why }: MaintenanceStep, now: () => string): Begin =>
  async ({ plan, names, operation, safety }) => {
    const jobs = plan.items.flatMap((item) =>
      names.has(item.name) && isToDo(item) && item.seen !== null ? item.seen : [],
    );
    const record = { id, name, why, at: now(), step: 'starting', operation, safety, jobs } as const;
    await kept(held.write(record));
    return quietly(async (results) => {
      if (!isBegun(results)) await held.forget();
      else if (!results.some(isOpen)) await started(held, record, writtenIn(results));
    });
  };

const goOn =
  (held: Held, record: MaintenanceRecord, journal: FileJournal): Begin =>
  async (what) => {
    const before = await notedDone(journal, record.operation);
    return quietly(async (results) => {
      if (!results.some(isOpen) && !hasRest(what))
        await started(held, record, [...before, ...writtenIn(results)]);
    });
  };

const endOf =
  (held: Held, record: MaintenanceRecord): Begin =>
  async (what) => {
    const { plan, operation, safety } = what;
    const names = new Set(plan.items.map(({ name }) => name));
    const jobs = record.jobs.filter(({ name }) => names.has(name));
    if (record.step !== 'ending')
      await kept(held.write({ ...record, step: 'ending', operation, safety, jobs }));
    return quietly(async (results) => {
      const isLeft = results.some((result) => isOpen(result) || result.outcome === 'refused');
      if (!isLeft && !hasRest(what)) await held.forget();
      else if (!isBegun(results)) await held.write(record);
    });
  };

/** What is not marked, or cannot be read, is not left for good. */
const hasRest = ({ plan, names }: Beginning): boolean =>
  plan.items.some(({ kind, moved }) => kind === 'blocked' && moved === undefined) ||
  writable(plan).some((name) => !names.has(name));

const writtenIn = (results: readonly RestoreResult[]): string[] =>
  results.filter(({ outcome }) => outcome === 'written').map(({ name }) => name);

/** From here on it is about what it has disabled, and no more: a maintenance of nothing is none. */
async function started(
  held: Held,
  record: MaintenanceRecord,
  disabled: readonly string[],
): Promise<void> {
  const ours = new Set(disabled);
  const jobs = record.jobs.filter(({ name }) => ours.has(name));
  await (jobs.length === 0 ? held.forget() : held.write({ ...record, step: 'running', jobs }));
}

/** What cannot be noted stays as it was begun, and is gone on with. */
const quietly =
  (end: (results: readonly RestoreResult[]) => Promise<void>) =>
  (results: readonly RestoreResult[]): Promise<void> =>
    end(results).catch(() => {});

/** Who could not be remembered is not disabled. */
const kept = (writing: Promise<void>): Promise<void> =>
  writing.catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(error.message, {
      data: 'Nothing was sent, so nothing was changed: which jobs were enabled must be kept first.',
      next: error.next ?? 'Fix that, then try again.',
      cause: error,
    });
  });

export const runsAlready = ({ name }: Pick<MaintenanceRecord, 'name'>): OperatorError =>
  new OperatorError(`a maintenance of this cluster goes on already: ${name}`, {
    data: 'Nothing was changed.',
    next: "'dkron-tui maintenance' shows it, 'dkron-tui maintenance end' ends it.",
  });

const isOver = ({ name }: MaintenanceStep): OperatorError =>
  new OperatorError(`the maintenance ${name} is over: another program has ended it`, {
    data: 'Nothing was changed.',
  });

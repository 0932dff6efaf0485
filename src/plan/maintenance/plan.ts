/** The plans that start and end a maintenance. Both write a job only where it is as it was seen. */
import type { Live } from '../../dkron/live.ts';
import type { Job } from '../../job/job.ts';
import { asDisabled, planDisabled, planEdits, withDisabled } from '../edits.ts';
import type { MaintenanceStep, RestoreItem, RestorePlan } from '../model.ts';
import { disabledOf, type Fate, fateOf, renames } from './fate.ts';
import type { MaintenanceRecord } from './record.ts';

type Called = Omit<MaintenanceStep, 'step'>;

/** Disables those of the jobs that are enabled. */
export const planStart = (jobs: readonly Job[], live: Live, called: Called): RestorePlan => {
  const enabled = jobs.filter(({ disabled }) => !disabled);
  return { ...planEdits(withDisabled(enabled, true), live), ...asStart(called) };
};

/** What a start is besides its items. */
export const asStart = (called: Called) => ({
  action: asDisabled(true).action,
  ...stepAs('start', called),
});

/** The same as it was begun, to be held against what the server has now. */
export const planStarted = (record: MaintenanceRecord): RestorePlan =>
  planStart(record.jobs, { jobs: record.jobs, unreadable: [] }, record);

/**
 * Enables the jobs that are as the maintenance has left them; the others stay as they are, each with what became of
 * it. `back`: those that its end has written before.
 */
export function planEnd(
  record: MaintenanceRecord,
  live: Live,
  back: ReadonlySet<string>,
): RestorePlan {
  const fates = fatesOf(record, live, back);
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const hidden = new Set(live.unreadable.map(({ name }) => name));
  const wanted = record.jobs.flatMap((job) =>
    hidden.has(job.name) ? job : (here.get(job.name) ?? []),
  );
  const plan = planDisabled(wanted, false, live);
  const gone = record.jobs.filter(({ name }) => fates.get(name)?.kind === 'gone');
  // Of what others do meanwhile nothing is merged: a job that they touched is theirs.
  const { merge: _, ...own } = plan;
  return {
    ...own,
    ...stepAs('end', record),
    items: [
      ...plan.items.map((item) => fated(item, fates.get(item.name))),
      ...gone.map((job) => goneItem(job, fates.get(job.name)!)),
    ],
  };
}

/** What became of each job of it that can be read. */
export function fatesOf(
  { jobs }: Pick<MaintenanceRecord, 'jobs'>,
  live: Live,
  back: ReadonlySet<string>,
): ReadonlyMap<string, Fate> {
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const hidden = new Set(live.unreadable.map(({ name }) => name));
  const known = new Set(jobs.map(({ name }) => name));
  const renamed = renames(live.jobs, known);
  return new Map(
    jobs
      .filter(({ name }) => !hidden.has(name))
      .map((before) => {
        const now = here.get(before.name) ?? null;
        const isBack = back.has(before.name);
        return [before.name, fateOf(before, now, { isBack, renamed: () => renamed(before) })];
      }),
  );
}

const stepAs = (step: MaintenanceStep['step'], { id, name, why }: Called) => ({
  origin: { what: `maintenance ${step}` } as const,
  maintenance: { step, id, name, why },
});

function fated(item: RestoreItem, fate: Fate | undefined): RestoreItem {
  if (fate === undefined || fate.kind === 'disabled') return item;
  if (fate.kind === 'changed') return { ...item, left: fate.text };
  const same = { ...item, kind: 'same', why: fate.text, changes: [] } as const;
  return fate.kind === 'back' ? same : { ...same, left: fate.text };
}

const goneItem = (before: Job, { text }: Fate): RestoreItem => ({
  name: before.name,
  kind: 'same',
  why: text,
  changes: [],
  job: disabledOf(before),
  seen: null,
  children: [],
  left: text,
});

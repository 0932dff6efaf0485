/** What became of a job that a maintenance has disabled. */
import { diffJobs, sameDefinition, shows } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { keptOf } from '../../job/lint/kept.ts';
import { summary } from '../compare.ts';

/**
 * `disabled`: as the maintenance has left it. `back`: the end has put it back. `enabled`: somebody else did, so
 * that nothing is left to do. `changed`: somebody changed it, and it stays disabled. `gone`: there is no such job.
 */
export type FateKind = 'disabled' | 'back' | 'enabled' | 'changed' | 'gone';

export interface Fate {
  readonly kind: FateKind;
  /** In a few words: what differs, what it is called now. */
  readonly text: string;
}

/** The job as a maintenance leaves it. */
export const disabledOf = (before: Job): Job => ({ ...before, disabled: true });

/**
 * `before`: the job as it was before the maintenance; `now`: as the server has it, null for none. `isBack`: the end
 * of the maintenance has written it. `renamed`: who looks like it under another name.
 */
export function fateOf(
  before: Job,
  now: Job | null,
  { isBack, renamed }: { readonly isBack: boolean; readonly renamed: () => string | null },
): Fate {
  if (now === null) {
    const name = renamed();
    const text = name === null ? 'deleted since' : `renamed to ${name} since, it seems`;
    return { kind: 'gone', text };
  }
  const left = keptOf(disabledOf(before)).job;
  if (isBack) {
    const more = shows(now, keptOf(before).job) ? '' : ', and changed since';
    return { kind: 'back', text: `enabled before${more}` };
  }
  if (shows(now, left)) return { kind: 'disabled', text: 'disabled by the maintenance' };
  const changes = diffJobs(left, now).filter(({ path }) => path !== 'disabled');
  if (now.disabled) return { kind: 'changed', text: `changed since: ${summary(changes)}` };
  const more = changes.length === 0 ? '' : ` and changed: ${summary(changes)}`;
  return { kind: 'enabled', text: `enabled since${more}` };
}

/** Finds the one job of another name that is defined as one that is gone; null for none, and for several. */
export function renames(
  jobs: readonly Job[],
  known: ReadonlySet<string>,
): (before: Job) => string | null {
  let strangers: Map<string, Job[]> | null = null;
  return (before) => {
    strangers ??= Map.groupBy(
      jobs.filter(({ name }) => !known.has(name)),
      ({ schedule }) => schedule,
    );
    const left = keptOf(disabledOf(before)).job;
    const alike = (strangers.get(before.schedule) ?? []).filter((job) =>
      sameDefinition({ ...job, name: before.name, disabled: true }, left),
    );
    return alike.length === 1 ? alike[0]!.name : null;
  };
}

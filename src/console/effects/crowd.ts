/** Counts who starts with the schedule that is typed, and looks for a calmer one, beside the keys. */
import type { Clock } from '../../base/clock.ts';
import { hostOf } from '../../job/host.ts';
import type { JobRow } from '../../job/row.ts';
import { judgedDay } from '../../job/stampede.ts';
import { calming, parseSchedule, phaseOf } from '../../schedule/index.ts';
import { contextOf } from '../../view/schedule-context.ts';
import {
  crowdSteps,
  isSameButJobs,
  isSameCalm,
  parsedOf,
  wantedCalm,
  wantedCrowd,
} from '../state/counting.ts';
import type { CrowdOf } from '../state/crowd.ts';
import type { Message, State } from '../state/model.ts';
import { inSlices } from './slices.ts';

export interface CrowdOptions {
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  readonly state: () => State;
}

export interface Counter {
  readonly count: () => void;
  readonly findCalm: () => void;
}

export function createCounter({ clock, dispatch, state }: CrowdOptions): Counter {
  let cancel = (): void => {};
  let cancelCalm = (): void => {};
  let under: CrowdOf | null = null;

  function count(): void {
    const wanted = wantedCrowd(state());
    // Rows that come while it counts are looked at when it is done: it would never end otherwise.
    if (wanted === null || (under !== null && isSameButJobs(under, wanted))) return;
    cancel();
    const { overlay } = state();
    const counted = overlay?.kind === 'schedule' ? overlay.counted : null;
    if (counted !== null && isAlike(counted.of, wanted)) {
      dispatch({ type: 'crowd', counted: { of: wanted, crowd: counted.crowd } });
      return;
    }
    under = wanted;
    const isWanted = (): boolean => {
      const now = wantedCrowd(state());
      const still = now !== null && isSameButJobs(wanted, now);
      if (!still) under = null;
      return still;
    };
    cancel = inSlices(clock, crowdSteps(wanted), isWanted, (crowd) => {
      under = null;
      const now = wantedCrowd(state());
      if (now === null) return;
      if (isAlike(wanted, now)) dispatch({ type: 'crowd', counted: { of: now, crowd } });
      else count();
    });
  }

  function findCalm(): void {
    cancelCalm();
    const wanted = wantedCalm(state());
    const { overlay } = state();
    if (wanted === null || overlay?.kind !== 'schedule') return;
    const { seen } = overlay;
    const within = judgedDay(parsedOf(state(), overlay), seen, state().now);
    if (within === null) return;
    const context = contextOf(state(), { ...seen, timezone: wanted.timezone });
    const steps = calming(wanted.by, { spec: wanted.schedule, context, within });
    const isWanted = (): boolean => isSameCalm(wanted, wantedCalm(state()));
    cancelCalm = inSlices(clock, steps, isWanted, (calm) =>
      dispatch({ type: 'calm', ...wanted, calm }),
    );
  }

  return { count, findCalm };
}

/** Whether what came meanwhile changes no count: a job that ran is another row, and fires as before. */
function isAlike(before: CrowdOf, now: CrowdOf): boolean {
  if (!isSameButJobs(before, now) || before.jobs.size !== now.jobs.size) return false;
  return now.jobs
    .othersThan(before.jobs)
    .every(([row, old]) => old !== undefined && firesAlike(old, row));
}

const facts = [
  ...(['schedule', 'timezone', 'disabled', 'parent_job'] as const),
  ...(['starts_at', 'expires_at', 'executor'] as const),
];

const firesAlike = (a: JobRow, b: JobRow): boolean =>
  facts.every((fact) => a[fact] === b[fact]) && hostOf(a) === hostOf(b) && isInPhase(a, b);

/** Intervals only; of others `next` counts for nothing. */
function isInPhase(a: JobRow, b: JobRow): boolean {
  if (!/^((CRON_)?TZ=[^ ]* +)?@every /.test(a.schedule)) return true;
  const [before, now] = [phaseOf(a), phaseOf(b)];
  if (before === undefined || now === undefined) return before === now;
  const parsed = parseSchedule(a.schedule);
  return (
    parsed.valid &&
    parsed.schedule.kind === 'every' &&
    (now - before) % parsed.schedule.interval === 0
  );
}

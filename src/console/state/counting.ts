/** What has to be counted for the schedule that is typed, and what is known of it. */
import { atOnce } from '../../base/steps.ts';
import { callersWith } from '../../job/host.ts';
import type { Job } from '../../job/job.ts';
import { judgedDay } from '../../job/stampede.ts';
import {
  type Calm,
  type Crowd,
  countedFor,
  counting,
  type ParsedSchedule,
  parseSchedule,
  type Seconds,
} from '../../schedule/index.ts';
import { lineText } from '../../terminal/line.ts';
import { memo } from '../../view/memo.ts';
import { contextOf } from '../../view/schedule-context.ts';
import type { Counted, CrowdOf, FoundCalm } from './crowd.ts';
import type { Effect, ScheduleOverlay, State } from './model.ts';

/** The schedule as it would be saved. */
export const parsedOf = (state: State, { schedule, zone, seen }: ScheduleOverlay): ParsedSchedule =>
  parseSchedule(lineText(schedule), contextOf(state, { ...seen, timezone: lineText(zone) }));

/** What has to be counted for what is typed; null where nothing can be, or no whole list is there. */
export function wantedCrowd(state: State): CrowdOf | null {
  const { overlay, jobs, setting, server, now } = state;
  if (overlay?.kind !== 'schedule' || jobs.at === null || jobs.earlier !== undefined) return null;
  const { seen } = overlay;
  const spec = lineText(overlay.schedule);
  const day = dayFor(spec, lineText(overlay.zone), seen, Math.floor(now / 1_000), setting, server);
  if (day === null) return null;
  const { from, to } = countedFor(day);
  const { serverZone } = setting;
  return { jobs: jobs.byName, seen, from, to, serverZone, version: server?.version };
}

/** Asked at every message, and answered once a second. */
const dayFor = memo(
  (
    spec: string,
    timezone: string,
    seen: Job,
    now: number,
    setting: State['setting'],
    server: State['server'],
  ): Seconds | null => {
    const context = contextOf({ setting, server }, { ...seen, timezone });
    return judgedDay(parseSchedule(spec, context), seen, now * 1_000);
  },
);

/** Counts all jobs but the one whose schedule is typed. */
export function crowdSteps({
  jobs,
  seen,
  from,
  to,
  serverZone,
  version,
}: CrowdOf): Generator<void, Crowd> {
  const others = jobs.values().filter(({ name }) => name !== seen.name);
  const read = { serverTimezone: serverZone, ...(version === undefined ? {} : { version }) };
  return counting(others, { from, to, ...read }, callersWith(seen));
}

/** The same without slices, where nobody waits. */
export function countAtOnce(state: State): Counted | null {
  const of = wantedCrowd(state);
  return of && { of, crowd: atOnce(crowdSteps(of)) };
}

/** Whether both are about the same seconds and the same job, by the same server. */
export const isSameButJobs = (a: CrowdOf, b: CrowdOf): boolean =>
  a.from === b.from &&
  a.seen === b.seen &&
  a.serverZone === b.serverZone &&
  a.version === b.version;

const isSame = (a: CrowdOf | null, b: CrowdOf | null): boolean =>
  a === null || b === null ? a === b : a.jobs === b.jobs && isSameButJobs(a, b);

/** What was counted, if it is about what is typed: rows that came meanwhile are counted while it stands. */
export function countedNow(state: State): Counted | null {
  const { overlay } = state;
  const counted = overlay?.kind === 'schedule' ? overlay.counted : null;
  const wanted = counted && wantedCrowd(state);
  return wanted && counted && isSameButJobs(counted.of, wanted) ? counted : null;
}

/** What is looked for something calmer than; null where nobody has counted yet. */
export interface CalmOf extends Omit<FoundCalm, 'calm' | 'by'> {
  readonly by: Crowd;
}

export function wantedCalm(state: State): CalmOf | null {
  const { overlay } = state;
  const counted = countedNow(state);
  if (counted === null || overlay?.kind !== 'schedule') return null;
  const { schedule, zone } = overlay;
  return { schedule: lineText(schedule), timezone: lineText(zone), by: counted.crowd };
}

export const isSameCalm = (
  a: Omit<FoundCalm, 'calm'> | null,
  b: Omit<FoundCalm, 'calm'> | null,
): boolean =>
  a === null || b === null
    ? a === b
    : a.schedule === b.schedule && a.timezone === b.timezone && a.by === b.by;

/** What was found for what is typed; null while it is looked for. */
export function calmNow(state: State): Calm | null {
  const { overlay } = state;
  const found = overlay?.kind === 'schedule' ? overlay.calm : null;
  return found !== null && isSameCalm(found, wantedCalm(state)) ? found.calm : null;
}

/** What follows from something else being typed, or from other jobs. */
export function crowdEffects(before: State, after: State): readonly Effect[] {
  if (after.overlay?.kind !== 'schedule') return [];
  const wanted = wantedCrowd(after);
  const isCounted = isSame(after.overlay.counted?.of ?? null, wanted);
  const isNew = !isCounted && !isSame(wantedCrowd(before), wanted);
  return [
    ...(isNew ? [{ type: 'count-crowd' } as const] : []),
    ...(isSameCalm(wantedCalm(before), wantedCalm(after)) ? [] : [{ type: 'find-calm' } as const]),
  ];
}

export const crowdCounted = (state: State, counted: Counted | null): State =>
  state.overlay?.kind === 'schedule' ? { ...state, overlay: { ...state.overlay, counted } } : state;

export const calmFound = (state: State, { schedule, timezone, by, calm }: FoundCalm): State =>
  state.overlay?.kind === 'schedule' && isSameCalm(wantedCalm(state), { schedule, timezone, by })
    ? { ...state, overlay: { ...state.overlay, calm: { schedule, timezone, by, calm } } }
    : state;

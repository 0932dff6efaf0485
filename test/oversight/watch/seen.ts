/** Looks of a watch at jobs that only exist here. */
import type { Job } from '../../../src/job/job.ts';
import type { Found, WatchState } from '../../../src/oversight/watch/model.ts';
import { newState, type Seen, step } from '../../../src/oversight/watch/step.ts';
import { aJob, anExecution, jobsByName } from '../../support/jobs.ts';

export const start = Date.parse('2026-11-21T14:00:00Z');
export const iso = (at: number): string => new Date(at).toISOString();

/** What is seen of these jobs; nothing runs and nothing is wrong unless told. */
export const seen = (jobs: readonly Partial<Job>[], more: Partial<Seen> = {}): Seen => ({
  jobs: jobsByName(jobs),
  unreadable: new Set(),
  busy: [],
  troubles: new Map(),
  news: [],
  nodes: [{}],
  now: start + 60_000,
  why: ({ kind }) => kind,
  ...more,
});

export const running = (...names: readonly string[]): Pick<Seen, 'busy'> => ({
  busy: names.map((job_name) => anExecution({ job_name })),
});

export interface Watching {
  /** What is found, as `kind job`. */
  readonly look: (now: Seen) => readonly string[];
  readonly found: () => readonly Found[];
  readonly state: () => WatchState;
}

/** A watch whose looks follow each other. */
export function watching(): Watching {
  let state = newState('w', start);
  let found: readonly Found[] = [];
  return {
    look(now) {
      ({ state, found } = step(state, now));
      return found.map(({ kind, job }) => `${kind} ${job}`);
    },
    found: () => found,
    state: () => state,
  };
}

/** A job that ran so often, and how it stands. */
export const ran = (
  successes: number,
  errors: number,
  status: Job['status'] = 'success',
  more: Partial<Job> = {},
): Job =>
  aJob({
    name: 'a',
    success_count: successes,
    error_count: errors,
    status,
    last_success: successes === 0 ? null : iso(start + successes * 1_000),
    last_error: errors === 0 ? null : iso(start + errors * 1_500),
    ...more,
  });

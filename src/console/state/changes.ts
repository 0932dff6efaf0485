/** One change over one or many jobs, as a plan to look through before it is written. */

import type { Live } from '../../dkron/live.ts';
import type { Job } from '../../job/job.ts';
import { findingText } from '../../job/lint/finding.ts';
import { readLate } from '../../job/read-late.ts';
import { type CheckOptions, checkPlan } from '../../plan/check.ts';
import { writable } from '../../plan/compare.ts';
import { planEdits } from '../../plan/edits.ts';
import type { CheckedItem, CheckedPlan, RestorePlan } from '../../plan/model.ts';
import { aroundOf } from './around.ts';
import { noCursor } from './cursor.ts';
import type { EffectOf } from './message.ts';
import { flash, type PlanScreen, type State, type Step, still } from './model.ts';
import { planKeys } from './plan-rows.ts';
import type { PlanSource } from './screen.ts';
import { push, subject, topScreen } from './stack.ts';

/** The marked jobs of the table; without marks, or elsewhere, the job one looks at. */
export function subjects(state: State): Job[] {
  const screen = topScreen(state);
  const marks = screen.kind === 'jobs' ? [...screen.marks] : [];
  const job = subject(state);
  if (marks.length === 0) return job === null ? [] : [job];
  return jobsCalled(state, marks);
}

/** There may be very many: each is read when it is looked into. */
export const jobsCalled = ({ jobs }: State, names: readonly string[]): Job[] =>
  names.flatMap((name) => {
    const row = jobs.byName.get(name);
    return row === undefined ? [] : readLate(row);
  });

/** More jobs than these are compared beside the keys: each takes a tenth of a millisecond or two. */
export const mostAtOnce = 100;

interface Changes extends Partial<Pick<PlanScreen, 'id' | 'draft'>> {
  /** What is the same in all of them then. */
  readonly set?: Edits['set'];
  /** What the plan is besides its jobs. */
  readonly as?: Edits['as'];
}
type Edits = EffectOf<'plan-edits'>;

/**
 * A plan that makes these jobs what they are wanted to be; all of it is marked. `draft` is done with
 * when it is written.
 */
export function openChanges(
  state: State,
  title: string,
  jobs: readonly Job[],
  { id = title, draft = null, set = {}, as = {} }: Changes = {},
): Step {
  if (jobs.length > mostAtOnce)
    return [
      pushPlan(state, { id, title, plan: null, draft }),
      [{ type: 'plan-edits', id, jobs, set, as }],
    ];
  const wanted = jobs.map((job) => ({ ...job, ...set }));
  const plan = { ...planEdits(wanted, liveOf(state)), ...as };
  return still(openPlan(state, { id, title, plan, draft }));
}

/**
 * Opens a plan made against the jobs as last read, with what the checks say. All that can be written
 * is marked; nothing where jobs belong `together` and one of them is blocked.
 */
export function openPlan(
  state: State,
  { plan, together = false, ...opened }: Opened & { readonly plan: RestorePlan },
): State {
  const checked = checkedPlan(state, plan);
  const held = together && checked.items.some(({ kind }) => kind === 'blocked');
  return pushPlan(state, { ...opened, plan: checked, marks: held ? [] : writable(checked) });
}

/** A plan made against the jobs as last read, all or these, with what the checks say. */
export function checkedPlan(
  state: State,
  plan: RestorePlan,
  { jobs }: Live = liveOf(state),
): CheckedPlan {
  return checkPlan(plan, jobs, checkedBy(state));
}

/** What the checks of a plan judge jobs by. */
export function checkedBy(state: State): CheckOptions {
  const { now, version, serverZone, nodes } = aroundOf(state);
  return { now, version, serverZone, nodes, token: state.setting.token };
}

/** Why a job of a plan is not written, and what else the checks say. */
export function blocked(state: State, { name, why, findings }: CheckedItem): State {
  const more = findings.map(findingText).filter((text) => text !== why);
  return flash(state, 'error', `${name}: ${[why, ...more].join(' · ')}`);
}

interface Opened {
  readonly id: string;
  readonly title: string;
  readonly draft?: string | null;
  readonly together?: boolean;
}

/**
 * A job as it was looked at, and those above it: all that a change of one job has to know of a
 * server, which may have a hundred thousand.
 */
export function ancestryOf({ jobs: { byName, unreadable } }: State, seen: Job): Live {
  const line = new Set([seen]);
  for (const { parent_job } of line) {
    const parent = byName.get(parent_job)?.job;
    if (parent !== undefined && parent.name !== seen.name) line.add(parent);
  }
  return { jobs: [...line], unreadable, listed: byName.size };
}

/** The server as last read. */
export const liveOf = (state: State): Live => ({
  jobs: liveJobs(state),
  unreadable: state.jobs.unreadable,
});

/** All jobs of the server, as last read; each is read out of its page when it is looked into. */
export const liveJobs = (state: State): Job[] => state.jobs.byName.rows.map(readLate);

/**
 * Opens a plan; what is marked from the start is what was asked for. Where nothing was, a plan of the
 * same that was left before has its marks again.
 */
export function pushPlan(
  state: State,
  {
    id,
    title,
    plan,
    marks = [],
    draft = null,
    resumes,
    source,
  }: {
    readonly id: string;
    readonly title: string;
    readonly plan: CheckedPlan | null;
    readonly marks?: Iterable<string>;
    readonly draft?: string | null;
    readonly resumes?: string;
    readonly source?: PlanSource;
  },
): State {
  const first = plan === null ? noCursor : { key: planKeys({ plan }).keys.at(0) ?? null, row: 0 };
  const screen: PlanScreen = {
    kind: 'plan',
    id,
    title,
    plan,
    draft,
    ...(resumes !== undefined && { resumes }),
    source,
    marks: new Set(marks),
    cursor: first,
    filter: '',
    applying: null,
    results: new Map(),
  };
  const isAgain = plan === null && source !== undefined && state.leftPlan?.id === id;
  const left = isAgain ? state.leftPlan : null;
  if (left === null || screen.marks.size > 0) return push(state, screen);
  const again = push(state, { ...screen, marks: left.marks, cursor: left.cursor });
  return flash(again, 'info', 'what you had marked here before is marked again');
}

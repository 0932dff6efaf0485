/** Copies of a job: a clone beside it, or under a new name in its place. Dkron itself cannot rename. */

import { writable } from '../../restore/plan.ts';
import { planRename } from '../../restore/rename.ts';
import { liveJobs, openChanges } from '../bulk.ts';
import { type State, type Step, still } from '../model.ts';
import { subject } from '../screens.ts';
import { type Action, needsJob } from './action.ts';
import { pushPlan } from './plan.ts';

const flashed = (state: State, text: string): Step =>
  still({ ...state, flash: { level: 'error', text } });

/** The new name of a copy, or why it cannot be one (job.go isSlug). */
function nameProblem(state: State, name: string, command: string): string | null {
  if (name === '') return `:${command} takes the new name`;
  const [bad] = name.match(/[^\p{Ll}0-9_-]/u) ?? [];
  if (bad !== undefined) return `name contains illegal character '${bad}'   (as Dkron says it)`;
  return state.jobs.byName.has(name) ? `${name} is there already` : null;
}

function clone(state: State, name: string): Step {
  const job = subject(state);
  if (job === null) return still(state);
  const problem = nameProblem(state, name, 'clone');
  if (problem !== null) return flashed(state, problem);
  return openChanges(state, `Clone ${job.name} as ${name}`, [{ ...job, name }]);
}

function rename(state: State, name: string): Step {
  const job = subject(state);
  if (job === null) return still(state);
  const problem = nameProblem(state, name, 'rename');
  if (problem !== null) return flashed(state, problem);
  const plan = planRename(job, name, liveJobs(state), { deleteOld: false });
  const title = `Rename ${job.name} to ${name}`;
  const text = `${job.name} stays, disabled, with its history; delete it when it is not needed`;
  return still({
    ...pushPlan(state, { id: title, title, plan, marks: writable(plan) }),
    flash: { level: 'info', text },
  });
}

/** Something to start from. */
const suggestedName = (state: State): string[] => {
  const job = subject(state);
  return job === null ? [] : [`${job.name}-copy`];
};

export const copyActions: readonly Action[] = [
  {
    id: 'job.clone',
    keys: [],
    title: 'clone',
    help: 'Copies the job under the name given; the plan shows it before it is written.',
    scope: ['jobs', 'job'],
    command: 'clone',
    complete: suggestedName,
    dangerous: true,
    available: needsJob,
    run: clone,
  },
  {
    id: 'job.rename',
    keys: [],
    title: 'rename',
    help: 'Copies the job under the name given, moves its children there and disables the old one, which keeps its history.',
    scope: ['jobs', 'job'],
    command: 'rename',
    complete: suggestedName,
    dangerous: true,
    available: needsJob,
    run: rename,
  },
];

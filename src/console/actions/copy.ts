/** New jobs: from a template, as a clone, or under a new name in place of the old. Dkron cannot rename. */

import { nameProblem } from '../../job/name.ts';
import { jobFrom, templates } from '../../job/templates.ts';
import { planRename } from '../../plan/rename.ts';
import { type Action, needsJob } from '../state/action.ts';
import { liveOf, openChanges, openPlan } from '../state/changes.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { subject } from '../state/stack.ts';

/** Why a new job cannot have this name here. */
function problemWith(state: State, name: string, command: string): string | null {
  if (name === '') return `:${command} needs the new name`;
  const problem = nameProblem(name);
  if (problem !== undefined) return `${problem}   (message of Dkron)`;
  const { byName, unreadable } = state.jobs;
  const isThere = byName.has(name) || unreadable.some((one) => one.name === name);
  return isThere ? `${name} already exists` : null;
}

/** `:create NAME shell`: the editor opens on a template; nothing is written before its plan. */
function create(state: State, argument: string): Step {
  const [name = '', kind = 'http'] = argument.split(/\s+/);
  const template = templates.find((known) => known === kind);
  const problem =
    problemWith(state, name, 'create') ??
    (template === undefined ? `the second word is one of ${templates.join(', ')}` : null);
  if (problem !== null || template === undefined)
    return still(flash(state, 'error', problem ?? ''));
  return [state, [{ type: 'edit-outside', seen: jobFrom(template, name), isNew: true }]];
}

function clone(state: State, name: string): Step {
  const job = subject(state);
  if (job === null) return still(state);
  const problem = problemWith(state, name, 'clone');
  if (problem !== null) return still(flash(state, 'error', problem));
  return openChanges(state, `Clone ${job.name} as ${name}`, [{ ...job, name }]);
}

function rename(state: State, name: string): Step {
  const job = subject(state);
  if (job === null) return still(state);
  const problem = problemWith(state, name, 'rename');
  if (problem !== null) return still(flash(state, 'error', problem));
  const plan = planRename(job, name, liveOf(state), { deleteOld: false });
  const title = `Rename ${job.name} to ${name}`;
  const text = `${job.name} stays, disabled, with its history; delete it when it is not needed`;
  const opened = openPlan(state, { id: title, title, plan, together: true });
  return still(flash(opened, 'info', text));
}

/** Something to start from. */
const suggestedName = (state: State): string[] => {
  const job = subject(state);
  return job === null ? [] : [`${job.name}-copy`];
};

export const copyActions: readonly Action[] = [
  {
    id: 'job.create',
    keys: [],
    title: 'create',
    help: 'Creates a job: `:create NAME` for http, `:create NAME shell`; your editor opens with a template.',
    scope: ['jobs'],
    command: 'create',
    complete: () => ['new-job http', 'new-job shell'],
    dangerous: true,
    run: create,
  },
  {
    id: 'job.clone',
    keys: [],
    title: 'clone',
    help: 'Copies the job to a new name; a plan shows the copy before it is written.',
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
    help: 'Copies the job to a new name, moves its children there and disables the old job, which keeps its history.',
    scope: ['jobs', 'job'],
    command: 'rename',
    complete: suggestedName,
    dangerous: true,
    available: needsJob,
    run: rename,
  },
];

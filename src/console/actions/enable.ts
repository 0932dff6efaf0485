/** Enabling and disabling, one run at a time or several: what is asked for is written as such, never toggled. */
import { counted } from '../../base/counted.ts';
import type { Job } from '../../job/job.ts';
import { findingText, levelWords } from '../../job/lint/finding.ts';
import { asDisabled, planDisabled } from '../../plan/edits.ts';
import { type Action, needsJob } from '../state/action.ts';
import { ancestryOf, blocked, checkedPlan, openChanges, subjects } from '../state/changes.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { ask } from '../state/questions.ts';

/** One job is asked about; of several, a plan shows those that change. */
function setDisabled(state: State, disabled: boolean): Step {
  const jobs = subjects(state);
  const [seen] = jobs;
  if (!seen) return still(state);
  const verb = disabled ? 'Disable' : 'Enable';
  if (jobs.every((job) => job.disabled === disabled)) return alreadySo(state, jobs, disabled);
  if (jobs.length > 1) {
    const title = `${verb} ${counted(jobs.length)}`;
    return openChanges(state, title, jobs, { set: { disabled }, as: asDisabled(disabled) });
  }
  const live = ancestryOf(state, seen);
  const checked = checkedPlan(state, planDisabled(jobs, disabled, live), live);
  const [item] = checked.items;
  if (item?.kind === 'blocked') return still(blocked(state, item));
  const beware =
    item?.findings.map((found) => `${levelWords[found.level]}: ${findingText(found)}. `) ?? [];
  return ask(state, {
    question: `${beware.join('')}${verb} ${seen.name} on ${state.setting.label}?`,
    verb: verb.toLowerCase(),
    doing: `${disabled ? 'disabling' : 'enabling'} ${seen.name}`,
    effect: { type: 'set-disabled', plan: checked },
  });
}

function alreadySo(state: State, jobs: readonly Job[], disabled: boolean): Step {
  const who = jobs.length === 1 ? `${jobs[0]?.name} is` : `all ${jobs.length} marked jobs are`;
  const text = `${who} ${disabled ? 'disabled' : 'enabled'} already`;
  return still(flash(state, 'info', text));
}

/** Whether a second run may begin while one goes on: a plan, also for one job. */
function setConcurrency(state: State, concurrency: 'allow' | 'forbid'): Step {
  const jobs = subjects(state);
  const others = jobs.filter((job) => job.concurrency !== concurrency);
  if (others.length > 0)
    return openChanges(state, `Set concurrency to ${concurrency}`, others, {
      set: { concurrency },
    });
  const who = jobs.length === 1 ? `${jobs[0]?.name} has` : 'all of them have';
  return still(flash(state, 'info', `${who} ${concurrency} already`));
}

const common = {
  scope: ['jobs', 'job', 'executions'],
  dangerous: true,
  available: needsJob,
} as const;

export const enableActions: readonly Action[] = [
  {
    ...common,
    id: 'job.switch',
    keys: ['s'],
    title: 'enable/disable',
    help: 'Disables the job, or enables it when it is disabled; of marked jobs, all alike.',
    footer: 5,
    run: (state) =>
      setDisabled(
        state,
        subjects(state).some((job) => !job.disabled),
      ),
  },
  {
    ...common,
    id: 'job.enable',
    keys: [],
    title: 'enable',
    help: 'Enables the job, or those that are marked.',
    command: 'enable',
    run: (state) => setDisabled(state, false),
  },
  {
    ...common,
    id: 'job.disable',
    keys: [],
    title: 'disable',
    help: 'Disables the job, or those that are marked.',
    command: 'disable',
    run: (state) => setDisabled(state, true),
  },
  {
    ...common,
    id: 'job.allow',
    keys: [],
    title: 'allow overlap',
    help: 'Lets the job, or the marked jobs, run while another run goes on or has no end; shown before it is written.',
    command: 'allow',
    run: (state) => setConcurrency(state, 'allow'),
  },
  {
    ...common,
    id: 'job.forbid',
    keys: [],
    title: 'forbid overlap',
    help: 'Lets the job, or the marked jobs, run only once at a time; shown before it is written.',
    command: 'forbid',
    run: (state) => setConcurrency(state, 'forbid'),
  },
];

/** What can be done with the job under the cursor, or the one that is open. */
import { andMore } from '../../base/counted.ts';
import { atLeast } from '../../base/dkron-version.ts';
import { bodyKeys } from '../../job/field-path.ts';
import { httpRequest } from '../../job/http.ts';
import type { Job } from '../../job/job.ts';
import { countersText } from '../../job/runs.ts';
import { openBody } from '../../json/layout.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { clearsSince } from '../../plan/clear.ts';
import { planDeletions, runsLost } from '../../plan/deletions.ts';
import { openSchedule } from '../editors/schedule/open.ts';
import { openValueEditor } from '../editors/value/keys.ts';
import { openAgain } from '../screens/again/open.ts';
import { openJob } from '../screens/job/open.ts';
import { type Action, all, needsJob } from '../state/action.ts';
import { blocked, checkedPlan, liveJobs, liveOf, subjects } from '../state/changes.ts';
import { flash, type State, type Step, still, type TextScreen } from '../state/model.ts';
import { ask } from '../state/questions.ts';
import { push, subject } from '../state/stack.ts';

const aJob = ['jobs', 'job', 'executions'] as const;

const onJob =
  (then: (state: State, job: Job) => Step): ((state: State) => Step) =>
  (state) => {
    const job = subject(state);
    return job === null ? still(state) : then(state, job);
  };

/** What a question is about; many are named, for a filter may hide what is marked. */
function asked(state: State) {
  const jobs = subjects(state);
  const names = jobs.map(({ name }) => name);
  const isOne = names.length === 1;
  const what = isOne ? names[0]! : `the ${names.length} marked jobs`;
  return { jobs, names, what, more: isOne ? [] : [andMore(names, 10)] };
}

function read(state: State, job: Job, what: TextScreen['what'], text: string): Step {
  const screen: TextScreen = {
    kind: 'text',
    what,
    title: `${job.name}  ${what === 'body' ? 'body, as JSON' : 'as the server stores it'}`,
    job: job.name,
    text,
    truncated: false,
    wrap: what === 'body',
    top: 0,
    left: 0,
    search: '',
  };
  return still(push(state, screen));
}

const hasSchedule = (state: State): string | null => {
  const parent = subject(state)?.parent_job ?? '';
  return parent === '' ? null : `it has no schedule of its own: it runs after ${parent}`;
};

/** Children that are deleted with their parent go first. */
const hasNoChildren = (state: State): string | null => {
  const jobs = subjects(state);
  const names = new Set(jobs.map(({ name }) => name));
  const left = (job: Job) => (job.dependent_jobs ?? []).filter((child) => !names.has(child));
  const held = jobs.find((job) => left(job).length > 0);
  return held === undefined
    ? null
    : `Dkron keeps ${held.name} while it has children: ${andMore(left(held), 3)}`;
};

/** Of several the list says which are left out. */
const isEnabled = (state: State): string | null => {
  const [off, ...more] = subjects(state);
  return off === undefined || more.length > 0 || !off.disabled || off.parent_job !== ''
    ? null
    : `${off.name} is disabled: s enables it first`;
};

/** What is lost with the runs of jobs, in the words of the commands. */
function lost(state: State, jobs: readonly Job[]): string {
  const [job] = jobs;
  const names = jobs.map(({ name }) => name);
  const what = runsLost(names, liveJobs(state));
  return jobs.length === 1 && job ? `${countersText(job)}; ${what}` : what;
}

/** Deletes by a plan, as the command does. */
function deleteJobs(state: State): Step {
  const { jobs, names, what, more } = asked(state);
  const plan = checkedPlan(state, planDeletions(names, liveOf(state)));
  const held = plan.items.find(({ kind }) => kind === 'blocked');
  if (held !== undefined) return still(blocked(state, held));
  return ask(state, {
    question: `Delete ${what} on ${state.setting.label}: ${lost(state, jobs)}.`,
    more,
    verb: 'delete',
    doing: `deleting ${what}`,
    effect: { type: 'delete', plan },
  });
}

/** Of a row of an earlier console more than its executor is not known. */
function hasBody(state: State): string | null {
  const job = subject(state);
  const has = state.jobs.earlier ? job?.executor === 'http' : job?.executor_config?.['body'];
  return has ? null : 'this job has no body';
}

export const jobActions: readonly Action[] = [
  {
    id: 'job.schedule',
    keys: ['i'],
    title: 'schedule',
    help: 'Edits schedule and time zone in place, and shows the next runs before you save.',
    scope: ['jobs', 'job'],
    command: 'schedule',
    footer: 2,
    dangerous: true,
    available: all(needsJob, hasSchedule),
    run: onJob(openSchedule),
  },
  {
    id: 'job.body',
    keys: ['b'],
    title: 'body',
    help: 'Edits the HTTP body as JSON, unpacked from its string; ctrl-s shows the difference before it is written.',
    scope: ['jobs', 'job'],
    command: 'body',
    footer: 3,
    available: all(needsJob, hasBody),
    run: onJob((state, job) =>
      state.setting.readOnly
        ? read(state, job, 'body', openBody(httpRequest(job).body).shown)
        : openValueEditor(state, job, bodyKeys),
    ),
  },
  {
    id: 'job.raw',
    keys: ['y'],
    title: 'raw',
    help: 'Shows the job as the server stores it, as JSON.',
    scope: ['jobs', 'job'],
    command: 'raw',
    footer: 7,
    available: needsJob,
    run: onJob((state, job) => read(state, job, 'raw', stringifyJson(job, 2))),
  },
  {
    id: 'job.run',
    keys: ['t'],
    title: 'run',
    help: 'Runs the job once, now; the result shows when it ends. Of several that are marked it shows a list first.',
    scope: aJob,
    command: 'run',
    footer: 4,
    dangerous: true,
    available: all(needsJob, isEnabled),
    run: (state) => {
      const { names, what } = asked(state);
      if (names.length > 1) return openAgain(state, names);
      return ask(state, {
        question: `Run ${what} now on ${state.setting.label}?`,
        verb: 'run',
        doing: `running ${what}`,
        effect: { type: 'run', names },
      });
    },
  },
  {
    id: 'job.delete',
    keys: ['ctrl-d'],
    title: 'delete',
    help: 'Deletes the job after you type its name; Dkron deletes its executions too.',
    scope: ['jobs', 'job'],
    command: 'delete',
    dangerous: true,
    available: all(needsJob, hasNoChildren),
    run: deleteJobs,
  },
  {
    id: 'job.clear',
    keys: [],
    title: 'clear the runs',
    help: 'Deletes the executions of the job, or of the marked jobs, and sets their counters to 0 (Dkron 4.1.0 or newer).',
    scope: aJob,
    command: 'clear',
    dangerous: true,
    available: all(needsJob, ({ server }) =>
      server === null || atLeast(server.version, clearsSince)
        ? null
        : `it needs Dkron ${clearsSince} or newer`,
    ),
    run: (state) => {
      const { jobs, names, what, more } = asked(state);
      return ask(state, {
        question: `Clear the runs of ${what} on ${state.setting.label}: ${lost(state, jobs)}. There is no undo.`,
        more,
        verb: 'clear',
        doing: `clearing the runs of ${what}`,
        effect: { type: 'clear', names },
      });
    },
  },
  {
    id: 'job.copy-name',
    keys: ['c'],
    title: 'copy the name',
    help: 'Sends the name of the job to the terminal’s clipboard (OSC 52).',
    scope: aJob,
    available: needsJob,
    run: onJob((state, { name }) => [state, [{ type: 'copy', text: name }]]),
  },
  {
    id: 'job.describe',
    keys: ['d'],
    title: 'describe',
    help: 'Shows all details of the job, with its runs.',
    scope: ['jobs', 'executions', 'text'],
    command: 'describe',
    available: needsJob,
    run: onJob((state, { name }) => openJob(state, name)),
  },
  {
    id: 'job.open',
    keys: [],
    title: 'open a job by name',
    help: 'Opens a job by its name.',
    scope: ['everywhere'],
    command: 'job',
    complete: (state) => [...state.jobs.byName.keys()],
    run: (state, name) =>
      state.jobs.byName.has(name)
        ? openJob(state, name)
        : still(
            flash(state, 'error', `there is no job ${name || '(nothing)'}; tab completes a name`),
          ),
  },
];

/** What can be done with the job under the cursor, or the one that is open. */
import { stringifyJson } from '../../base/json.ts';
import { httpRequest, prettyBody } from '../../job/http.ts';
import type { Job } from '../../job/job.ts';
import { lineOf } from '../../terminal/line.ts';
import { draftKey, readScheduleDraft } from '../drafts.ts';
import { type Effect, type State, type Step, still, type TextScreen } from '../model.ts';
import { push, subject, topScreen, withTop } from '../screens.ts';
import { type Action, all, needsJob } from './action.ts';
import { openJob } from './move.ts';

const aJob = ['jobs', 'job', 'executions'] as const;

const onJob =
  (then: (state: State, job: Job) => Step): ((state: State) => Step) =>
  (state) => {
    const job = subject(state);
    return job === null ? still(state) : then(state, job);
  };

const ask = (state: State, question: string, key: string, verb: string, effect: Effect): Step =>
  still({ ...state, overlay: { kind: 'confirm', question, key, verb, effect } });

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

/** Opens the editor in the row, or in the job; a draft that was left is offered again. */
function editSchedule(state: State, seen: Job): Step {
  const draft = readScheduleDraft(state.drafts.get(draftKey(seen.name, 'schedule')));
  return still({
    ...state,
    flash:
      draft === null
        ? null
        : { level: 'info', text: 'your draft of before; ctrl-u clears the line' },
    overlay: {
      kind: 'schedule',
      seen,
      schedule: lineOf(draft?.schedule ?? seen.schedule),
      zone: lineOf(draft?.timezone ?? seen.timezone),
      focus: 'schedule',
      menu: null,
      saving: false,
      refusal: [],
    },
  });
}

const hasSchedule = (state: State): string | null => {
  const parent = subject(state)?.parent_job ?? '';
  return parent === '' ? null : `it has no schedule of its own: it runs after ${parent}`;
};

const hasNoChildren = (state: State): string | null => {
  const children = subject(state)?.dependent_jobs ?? [];
  return children.length === 0
    ? null
    : `Dkron keeps it while it has children: ${children.join(', ')}`;
};

/** Dkron erases history by the beginning of the name (store.go deleteExecutionsTxFunc). */
function deleteQuestion(state: State, { name, success_count, error_count }: Job): string[] {
  const sharing = [...state.jobs.byName.keys()].filter(
    (other) => other !== name && other.startsWith(name),
  );
  const shown = sharing.slice(0, 3).join(', ') + (sharing.length > 3 ? ', …' : '');
  return [
    `Delete ${name} on ${state.setting.label}: what it kept of its ${success_count + error_count} runs is lost.`,
    ...(sharing.length === 0
      ? []
      : [`So are those of ${sharing.length} jobs whose names begin the same: ${shown}.`]),
  ];
}

function scrollDetails(delta: number): (state: State) => Step {
  return (state) => {
    const screen = topScreen(state);
    if (screen.kind !== 'job') return still(state);
    return still(withTop(state, { ...screen, top: Math.max(0, screen.top + delta) }));
  };
}

export const jobActions: readonly Action[] = [
  {
    id: 'job.schedule',
    keys: ['i'],
    title: 'schedule',
    help: 'Edits schedule and time zone in place, with the next runs before you save.',
    scope: ['jobs', 'job'],
    command: 'schedule',
    footer: 2,
    dangerous: true,
    available: all(needsJob, hasSchedule),
    run: onJob(editSchedule),
  },
  {
    id: 'job.body',
    keys: ['b'],
    title: 'body',
    help: 'The HTTP body, unpacked from its string and laid out.',
    scope: ['jobs', 'job'],
    command: 'body',
    footer: 3,
    available: all(needsJob, (state) =>
      subject(state)?.executor_config?.['body'] ? null : 'this job has no body',
    ),
    run: onJob((state, job) => read(state, job, 'body', prettyBody(httpRequest(job).body))),
  },
  {
    id: 'job.raw',
    keys: ['y'],
    title: 'raw',
    help: 'The job as the server stores it, as JSON.',
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
    help: 'Runs the job now, once; its end shows by itself.',
    scope: aJob,
    command: 'run',
    footer: 4,
    dangerous: true,
    available: all(needsJob, (state) => {
      const job = subject(state);
      return job?.disabled && job.parent_job === '' ? 'it is disabled: s enables it first' : null;
    }),
    run: onJob((state, { name }) =>
      ask(state, `Run ${name} now on ${state.setting.label}?`, 't', 'run', { type: 'run', name }),
    ),
  },
  {
    id: 'job.disable',
    keys: ['s'],
    title: 'enable/disable',
    help: 'Enables or disables the job: written as such, never toggled.',
    scope: aJob,
    command: 'enable',
    footer: 5,
    dangerous: true,
    available: needsJob,
    run: onJob((state, seen) => {
      const [verb, key] = seen.disabled ? (['enable', 'e'] as const) : (['disable', 'd'] as const);
      const question = `${verb === 'enable' ? 'Enable' : 'Disable'} ${seen.name} on ${state.setting.label}?`;
      return ask(state, question, key, verb, {
        type: 'set-disabled',
        seen,
        disabled: !seen.disabled,
      });
    }),
  },
  {
    id: 'job.delete',
    keys: ['ctrl-d'],
    title: 'delete',
    help: 'Deletes the job once you typed its name; Dkron erases its runs with it.',
    scope: ['jobs', 'job'],
    command: 'delete',
    dangerous: true,
    available: all(needsJob, hasNoChildren),
    run: onJob((state, seen) =>
      still({
        ...state,
        overlay: {
          kind: 'typed',
          question: deleteQuestion(state, seen),
          expected: seen.name,
          line: lineOf(''),
          verb: `deleting ${seen.name}`,
          effect: { type: 'delete', seen },
        },
      }),
    ),
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
    id: 'job.open',
    keys: [],
    title: 'open a job by name',
    help: 'Opens the job that is named.',
    scope: ['everywhere'],
    command: 'job',
    complete: (state) => [...state.jobs.byName.keys()],
    run: (state, name) =>
      state.jobs.byName.has(name)
        ? openJob(state, name)
        : still({
            ...state,
            flash: { level: 'error', text: `no job is named ${name || '(nothing)'}` },
          }),
  },
  {
    id: 'job.scroll-down',
    keys: ['J', 'shift-down'],
    title: 'details down',
    help: 'Scrolls the details of the job down.',
    scope: ['job'],
    run: scrollDetails(1),
  },
  {
    id: 'job.scroll-up',
    keys: ['K', 'shift-up'],
    title: 'details up',
    help: 'Scrolls the details of the job up.',
    scope: ['job'],
    run: scrollDetails(-1),
  },
];

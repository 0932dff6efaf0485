/** Executions and their output. */
import { serverTime } from '../../job/time.ts';
import { noCursor } from '../cursor.ts';
import { type State, type Step, still } from '../model.ts';
import { push, subject, topScreen } from '../screens.ts';
import { rfc3339 } from '../short.ts';
import { unfinished } from '../views/glance.ts';
import { runKey, runsAt } from '../views/runs.ts';
import { type Action, needsJob } from './action.ts';

/** The output of one run; of one that still runs, what it printed so far. */
export function openOutput(state: State, name: string, key: string): Step {
  const run = runsAt(state, name).list.find((candidate) => runKey(candidate) === key);
  if (!run) return still(state);
  const started = serverTime(run.started_at);
  const title = `${name}  ${started ? rfc3339(started.getTime()) : ''}  ${run.node_name}  ${unfinished(run) ? 'running' : run.success ? '✓' : '✗'}`;
  const opened = push(state, {
    kind: 'text',
    what: 'output',
    title,
    job: name,
    execution: key,
    text: run.output,
    truncated: run.output_truncated,
    wrap: true,
    top: 0,
    left: 0,
    search: '',
  });
  return run.output_truncated
    ? [opened, [{ type: 'load-output', name, execution: key, whole: false }]]
    : still(opened);
}

/** What the server keeps of the last run's output, from any screen that is about a job. */
function lastOutput(state: State): Step {
  const job = subject(state);
  if (job === null) return still(state);
  const key = runsAt(state, job.name).keys[0];
  if (key !== undefined) return openOutput(state, job.name, key);
  return [
    { ...state, flash: { level: 'info', text: `${job.name} has no run that is loaded yet` } },
    [{ type: 'load-runs', name: job.name }],
  ];
}

export const runActions: readonly Action[] = [
  {
    id: 'runs.list',
    keys: ['x'],
    title: 'runs',
    help: 'All executions that Dkron kept of the job (100 at most).',
    scope: ['jobs', 'job'],
    command: 'executions',
    footer: 6,
    available: needsJob,
    run: (state) => {
      const job = subject(state);
      if (job === null) return still(state);
      const screen = { kind: 'executions', name: job.name, cursor: noCursor } as const;
      return [push(state, screen), [{ type: 'load-runs', name: job.name }]];
    },
  },
  {
    id: 'runs.last-output',
    keys: ['o'],
    title: 'last output',
    help: 'The output of the last run.',
    scope: ['jobs', 'job'],
    command: 'output',
    footer: 7,
    available: needsJob,
    run: lastOutput,
  },
  {
    id: 'output.whole',
    keys: ['f'],
    title: 'load all',
    help: 'Loads the output in full (Dkron keeps the last 256 000 bytes).',
    scope: ['text'],
    footer: 3,
    available: (state) => {
      const screen = topScreen(state);
      return screen.kind === 'text' && screen.truncated ? null : 'all of it is here';
    },
    run: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'text' || screen.execution === undefined) return still(state);
      const { job: name, execution } = screen;
      return [state, [{ type: 'load-output', name, execution, whole: true }]];
    },
  },
];

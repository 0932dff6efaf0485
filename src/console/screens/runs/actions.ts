/** Executions and their output. */

import { runKey, unfinished } from '../../../dkron/execution.ts';
import { serverTime } from '../../../job/time.ts';
import { type Action, all, needsJob } from '../../state/action.ts';
import { noRuns } from '../../state/closed.ts';
import { noCursor } from '../../state/cursor.ts';
import { type Flash, type State, type Step, still } from '../../state/model.ts';
import { pop, push, subject, topScreen } from '../../state/stack.ts';
import { toEnd } from '../text/view.ts';
import { runsAt } from './view.ts';
import { wordsOfRun } from './words.ts';

/** The output of one run; of one that has no end, what is told of it from now on. */
export function openOutput(state: State, name: string, key: string): Step {
  const run = runsAt(state, name).list.find((candidate) => runKey(candidate) === key);
  if (!run) return still(state);
  const started = serverTime(run.started_at);
  const live = unfinished(run);
  const opened = push(state, {
    ...aText,
    title: name,
    job: name,
    execution: key,
    run: { at: started?.getTime() ?? null, words: wordsOfRun(run) },
    text: live ? '' : run.output,
    truncated: !live && run.output_truncated,
    ...(live && {
      top: toEnd,
      live: { kind: 'untold', piece: '', heardAt: state.now },
    }),
  });
  return run.output_truncated && !live
    ? [opened, [{ type: 'load-output', name, execution: key, whole: false }]]
    : still(opened);
}

/** The output of the run under the cursor; where the cursor is on a job, of its last run. */
function output(state: State): Step {
  const screen = topScreen(state);
  const job = subject(state);
  if (job === null) return still(state);
  const runs = runsAt(state, job.name);
  const chosen = screen.kind === 'job' || screen.kind === 'executions' ? screen.cursor.key : null;
  const key = chosen ?? runs.keys.at(0);
  return key === undefined ? openLatestOutput(state, job.name) : openOutput(state, job.name, key);
}

/** That of the last run, which is asked for: what is known may be older. */
export const openLatestOutput = (state: State, name: string): Step => [
  push(state, { ...aText, title: `${name}  last run`, job: name }),
  [{ type: 'load-runs', name }],
];

const aText = {
  kind: 'text',
  what: 'output',
  text: null,
  truncated: false,
  wrap: true,
  top: 0,
  left: 0,
  search: '',
} as const;

/** The runs of a job arrived: a screen that waits for the last of them shows it, or says that there is none. */
export function outputArrived(state: State, name: string): Step {
  const screen = topScreen(state);
  const waits = screen.kind === 'text' && screen.what === 'output' && screen.text === null;
  if (!waits || screen.execution !== undefined || screen.job !== name) return still(state);
  const key = runsAt(state, name).keys.at(0);
  if (key !== undefined) return openOutput(pop(state), name, key);
  const error = state.runs.get(name)?.error;
  const flash: Flash =
    error === undefined
      ? { level: 'info', text: `${name} has not run yet; t runs it now` }
      : { level: 'error', text: error };
  return still({ ...pop(state), flash });
}

const onRuns = ['job', 'executions'] as const;

export const runActions: readonly Action[] = [
  {
    id: 'runs.open',
    keys: ['enter', 'l', 'o'],
    title: 'output',
    help: 'Shows the output (log) of the run under the cursor; of one that runs, what it prints.',
    scope: onRuns,
    command: 'output',
    footer: 1,
    available: (state) => {
      const job = subject(state);
      const none = noRuns(state);
      if (none !== null) return none;
      return job === null || runsAt(state, job.name).keys.length === 0 ? 'there is no run' : null;
    },
    run: output,
  },
  {
    id: 'runs.list',
    keys: ['x'],
    title: 'runs',
    help: 'Lists the executions that Dkron keeps of the job (100 at most).',
    scope: ['jobs', 'job'],
    command: 'executions',
    footer: 7,
    available: all(noRuns, needsJob),
    run: (state) => {
      const job = subject(state);
      if (job === null) return still(state);
      const screen = { kind: 'executions', job: job.name, cursor: noCursor } as const;
      return [push(state, screen), [{ type: 'load-runs', name: job.name }]];
    },
  },
  {
    id: 'runs.output',
    keys: ['l', 'o'],
    title: 'output',
    help: 'Shows the output (log) of the last run; of one that runs, what it prints.',
    scope: ['jobs'],
    command: 'output',
    footer: 6,
    available: all(noRuns, needsJob),
    run: output,
  },
  {
    id: 'output.whole',
    keys: ['f'],
    title: 'load all',
    help: 'Loads the whole output (Dkron keeps the last 256 000 bytes).',
    scope: ['text'],
    footer: 3,
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'text') return null;
      if (screen.live !== undefined) return 'the whole comes when the run ends';
      return screen.truncated ? null : 'the whole output is loaded';
    },
    run: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'text' || screen.execution === undefined) return still(state);
      const { job: name, execution } = screen;
      return [state, [{ type: 'load-output', name, execution, whole: true }]];
    },
  },
];

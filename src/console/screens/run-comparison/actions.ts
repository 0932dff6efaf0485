/** A failed run compared with a good one. */
import { runKey } from '../../../dkron/execution.ts';
import { type Pair, pairFor } from '../../../runs/pair.ts';
import { memo } from '../../../view/memo.ts';
import { type Action, all, needsJob } from '../../state/action.ts';
import { noRuns } from '../../state/closed.ts';
import { bodyRows } from '../../state/layout.ts';
import { type RunComparisonScreen, type State, type Step, still } from '../../state/model.ts';
import { push, subject, topScreen, withTop } from '../../state/stack.ts';
import { runsAt } from '../runs/view.ts';
import { atPlace, shownOf, topOf } from './view.ts';

/** Asked for at every frame. */
const pairOnce = memo(pairFor);

/** The run that is meant; undefined: the newest that failed. */
function chosen(state: State): string | undefined {
  const screen = topScreen(state);
  if (screen.kind === 'text') return screen.execution;
  return screen.kind === 'job' || screen.kind === 'executions'
    ? (screen.cursor.key ?? undefined)
    : undefined;
}

function pairHere(state: State): Pair | { readonly why: string } {
  const job = subject(state);
  if (job === null) return { why: 'no job under the cursor' };
  const screen = topScreen(state);
  if (screen.kind === 'text' && screen.execution === undefined)
    return { why: 'this is no output of a run' };
  const { list } = runsAt(state, job.name);
  if (list.length === 0 && !state.runs.has(job.name)) return { why: 'its runs are being read' };
  return pairOnce(list, chosen(state));
}

function compare(state: State): Step {
  const job = subject(state);
  const pair = pairHere(state);
  if (job === null || 'why' in pair) return still(state);
  const which = { job: job.name, older: runKey(pair.older), newer: runKey(pair.newer) };
  return [
    push(state, { kind: 'run-comparison', ...which, runs: null, at: 0, top: 0 }),
    [{ type: 'read-runs', ...which }],
  ];
}

const needsPair = (state: State): string | null => {
  const pair = pairHere(state);
  return 'why' in pair ? pair.why : null;
};

const here = (state: State): RunComparisonScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'run-comparison' ? screen : null;
};

const placesOf = (state: State): readonly number[] => {
  const screen = here(state);
  return (screen && shownOf(state, screen)?.compared.output.places) ?? [];
};

const needsPlace = (state: State): string | null => {
  if (here(state)?.runs === null) return 'they are still being read';
  return placesOf(state).length === 0 ? 'the outputs do not truly differ' : null;
};

/** To the next place, round the end; from the window when the last one is out of sight. */
const toPlace =
  (delta: 1 | -1) =>
  (state: State): Step => {
    const screen = here(state);
    const shown = screen && shownOf(state, screen);
    const places = placesOf(state);
    if (screen === null || shown === null || places.length === 0) return still(state);
    const top = topOf(state, screen, shown) - shown.head.length;
    const end = top + bodyRows(state);
    const place = places[screen.at] ?? 0;
    const from = place >= top && place < end ? place : delta > 0 ? top - 1 : end;
    const next =
      delta > 0 ? places.findIndex((at) => at > from) : places.findLastIndex((at) => at < from);
    const at = next >= 0 ? next : delta > 0 ? 0 : places.length - 1;
    return still(withTop(state, atPlace(state, screen, at)));
  };

const own = ['run-comparison'] as const;

export const runComparisonActions: readonly Action[] = [
  {
    id: 'runs.compare',
    keys: ['D'],
    title: 'compare runs',
    help: 'Compares a failed run with the last good one before it, or a good one with the last that failed: times, ids and long numbers count as equal. Of a job it takes the newest failed run.',
    scope: ['jobs', 'job', 'executions', 'text', 'why'],
    command: 'compare-runs',
    footer: 5,
    available: all(noRuns, needsJob, needsPair),
    run: compare,
  },
  {
    id: 'runs.next-difference',
    keys: ['n'],
    title: 'next difference',
    help: 'Goes to the next line that truly differs.',
    scope: own,
    footer: 1,
    available: needsPlace,
    run: toPlace(1),
  },
  {
    id: 'runs.previous-difference',
    keys: ['N'],
    title: 'previous difference',
    help: 'Goes to the previous line that truly differs.',
    scope: own,
    footer: 2,
    available: needsPlace,
    run: toPlace(-1),
  },
];

/** When a job changed, and having it again as it was. */
import type { Step as Change } from '../../../journal/history/steps.ts';
import type { Action } from '../../state/action.ts';
import { openChanges } from '../../state/changes.ts';
import { noCursor } from '../../state/cursor.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { push, subject, topScreen } from '../../state/stack.ts';
import { openDifference } from '../difference.ts';
import { maskedOf, whenOf } from './view.ts';

/** The step under the cursor, and the job that it changed. */
function stepHere(state: State): { readonly job: string; readonly step: Change } | null {
  const screen = topScreen(state);
  if (screen.kind !== 'history') return null;
  const step = screen.history?.steps.find(({ id }) => id === screen.cursor.key);
  return step === undefined ? null : { job: screen.job, step };
}

function openHistory(state: State, name: string): Step {
  const job = name === '' ? subject(state)?.name : name;
  if (job === undefined) return still(flash(state, 'info', 'no job under the cursor'));
  return [
    push(state, { kind: 'history', job, history: null, cursor: noCursor }),
    [{ type: 'read-history', name: job }],
  ];
}

function difference(state: State): Step {
  const here = stepHere(state);
  if (here === null) return still(state);
  const { job, step } = here;
  const title = `${job}  ${whenOf(state, step)}`;
  return openDifference(state, { job, title, changes: maskedOf(step) });
}

/** A plan that makes the job what it was after the step. */
function restore(state: State): Step {
  const here = stepHere(state);
  const to = here?.step.to ?? null;
  if (here === null || to === null) return still(state);
  return openChanges(state, `Restore ${here.job} of ${whenOf(state, here.step)}`, [to.job]);
}

const needsStep = (state: State): string | null =>
  stepHere(state) === null ? 'there is no change' : null;

const needsDefinition = (state: State): string | null =>
  stepHere(state)?.step.to === null
    ? 'there was no job after this step: the one before it has the definition'
    : needsStep(state);

export const historyActions: readonly Action[] = [
  {
    id: 'history.list',
    keys: ['L'],
    title: 'history',
    help: 'Tells when the job changed and how, over all snapshots and the journal; `:log NAME` that of a job that is gone.',
    scope: ['jobs', 'job', 'run-comparison', 'why'],
    command: 'log',
    live: true,
    complete: (state) => [...state.jobs.byName.keys()],
    run: openHistory,
  },
  {
    id: 'history.difference',
    keys: ['enter'],
    title: 'difference',
    help: 'Shows all that the change under the cursor changed, as a text.',
    scope: ['history'],
    footer: 1,
    available: needsStep,
    run: difference,
  },
  {
    id: 'history.restore',
    keys: ['R'],
    title: 'restore',
    help: 'Shows what making the job as it was after this change would change; enter does it.',
    scope: ['history'],
    footer: 2,
    dangerous: true,
    available: needsDefinition,
    run: restore,
  },
];

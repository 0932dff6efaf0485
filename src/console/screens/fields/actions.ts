/** The fields of a job, each with the editor that fits it. */

import { counted } from '../../../base/counted.ts';
import type { FieldPath } from '../../../job/field-path.ts';
import { pathOf } from '../../../job/field-path.ts';
import { removePath, setPath } from '../../../job/values/path.ts';
import { openEditor, pickNext } from '../../editors/pick/keys.ts';
import { openSchedule } from '../../editors/schedule/open.ts';
import { type Action, needsJob } from '../../state/action.ts';
import { openChanges, subjects } from '../../state/changes.ts';
import { cursorIndex, noCursor } from '../../state/cursor.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { push, subject, topScreen } from '../../state/stack.ts';
import { fieldRows } from './view.ts';

/** A schedule and its zone belong together, with their next runs. */
export function editField(state: State, keys: FieldPath): Step {
  const job = subject(state);
  if (job === null) return still(state);
  return keys[0] === 'schedule' || keys[0] === 'timezone'
    ? openSchedule(state, job)
    : openEditor(state, job, keys);
}

/** The field under the cursor of the fields screen. */
function keysHere(state: State): FieldPath | null {
  const screen = topScreen(state);
  const job = subject(state);
  if (screen.kind !== 'fields' || job === null) return null;
  const rows = fieldRows(job);
  return rows.paths[cursorIndex(screen.cursor, rows)] ?? null;
}

/** One change over the marked jobs, or the one under the cursor, as a plan of differences. */
function setOver(state: State, argument: string): Step {
  const [, path = '', value] = /^(\S*)(?:\s+(.*))?$/s.exec(argument) ?? [];
  const jobs = subjects(state);
  if (path === '') return still(flash(state, 'error', usage));
  const changed = jobs.map((job) =>
    value === undefined ? removePath(job, path) : setPath(job, path, value),
  );
  const at = changed.findIndex((result) => 'error' in result);
  const failure = changed[at];
  if (failure && 'error' in failure)
    return still(flash(state, 'error', `${jobs[at]?.name}: ${failure.error}`));
  const what = value === undefined ? `Without ${path}` : `${path} = ${value}`;
  const over = jobs.length === 1 ? (jobs[0]?.name ?? '') : counted(jobs.length);
  return openChanges(
    state,
    `${what}, ${over}`,
    changed.flatMap((result) => ('job' in result ? [result.job] : [])),
  );
}

const usage =
  ':set takes a path and a value, for example :set retries 3; without a value it removes the value';

export const fieldActions: readonly Action[] = [
  {
    id: 'job.editor',
    keys: ['e'],
    title: '$EDITOR',
    help: 'Opens the whole job as YAML in your editor (VISUAL, EDITOR), and shows the difference before it is written.',
    scope: ['jobs', 'job', 'fields'],
    command: 'editor',
    footer: 4,
    dangerous: true,
    available: needsJob,
    run: (state) => {
      const seen = subject(state);
      return seen === null ? still(state) : [state, [{ type: 'edit-outside', seen }]];
    },
  },
  {
    id: 'fields.open',
    keys: ['E'],
    title: 'edit fields',
    help: 'Lists every field that you can set; enter edits one, with an editor that fits it.',
    scope: ['jobs', 'job'],
    command: 'fields',
    available: needsJob,
    run: (state) => {
      const job = subject(state);
      if (job === null) return still(state);
      return still(push(state, { kind: 'fields', job: job.name, cursor: noCursor }));
    },
  },
  {
    id: 'fields.edit',
    keys: ['enter'],
    title: 'edit',
    help: 'Edits the field under the cursor.',
    scope: ['fields'],
    footer: 1,
    dangerous: true,
    available: needsJob,
    run: (state) => {
      const keys = keysHere(state);
      return keys === null ? still(state) : editField(state, keys);
    },
  },
  {
    id: 'fields.next',
    keys: ['space'],
    title: 'next value',
    help: 'Changes a field with few values, such as true and false, to the next value, as a plan.',
    scope: ['fields'],
    footer: 2,
    dangerous: true,
    available: needsJob,
    run: (state) => {
      const [job, keys] = [subject(state), keysHere(state)];
      const step = job && keys && pickNext(state, job, keys);
      return step ?? still(flash(state, 'info', 'space: press enter to edit this field'));
    },
  },
  {
    id: 'fields.set',
    keys: [],
    title: 'set on marked jobs',
    help: 'Makes one change to all marked jobs, and shows the differences before they are written: `:set timezone Europe/Paris`, `:set executor_config.headers.X-Env prod`, `:set executor_config.body.positions[0].rad 500`; without a value it removes the value.',
    scope: ['jobs', 'job'],
    command: 'set',
    complete: (state) => {
      const job = subject(state);
      return job === null ? [] : fieldRows(job).paths.map(pathOf);
    },
    dangerous: true,
    available: needsJob,
    run: setOver,
  },
  {
    id: 'fields.edit-named',
    keys: [],
    title: 'edit a field by name',
    help: 'Edits a field by its name: `:edit retries`, `:edit executor_config.timeout`.',
    scope: ['jobs', 'job', 'fields'],
    command: 'edit',
    complete: (state) => {
      const job = subject(state);
      return job === null ? [] : fieldRows(job).paths.map(pathOf);
    },
    dangerous: true,
    available: needsJob,
    run: (state, path) => {
      const job = subject(state);
      const keys = job && fieldRows(job).paths.find((candidate) => pathOf(candidate) === path);
      if (keys) return editField(state, keys);
      const text = path === '' ? ':edit needs the name of a field' : `a job has no field ${path}`;
      return still(flash(state, 'error', text));
    },
  },
];

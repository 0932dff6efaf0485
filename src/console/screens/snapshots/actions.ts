/** The list of snapshots, its marks, and the way to the plan of a restore. */
import { counted } from '../../../base/counted.ts';
import { readWords } from '../../../plan/policy/options.ts';
import { askedFor, type Policy } from '../../../plan/policy/policy.ts';
import { clean } from '../../../terminal/cell.ts';
import { lineOf } from '../../../terminal/line.ts';
import { type Action, all, needsJob } from '../../state/action.ts';
import { pushPlan, subjects } from '../../state/changes.ts';
import { insideText } from '../../state/closed.ts';
import { cursorIndex, moveTo, noCursor } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import type { SnapshotsScreen } from '../../state/screen.ts';
import { push, topScreen, withTop } from '../../state/stack.ts';
import { takingText } from '../../state/under-way.ts';
import { snapshotKeys } from './view.ts';

/** The plan of a restore from this file, once it was compared with the server; of these jobs at first. */
export function openRestore(
  state: State,
  file: string,
  {
    marks = [],
    policy,
  }: { readonly marks?: readonly string[]; readonly policy?: Policy | undefined } = {},
): Step {
  const title = `Restore  ${clean(basename(file))}`;
  const source = { file, ...(policy && { policy }) };
  const opened = pushPlan(state, { id: file, title, plan: null, marks, source });
  return [opened, [{ type: 'plan-restore', ...source }]];
}

/** A file, and how its jobs are to be restored: `jobs.json --replace 'a=b' --disabled`. */
function restoreAs(state: State, words: string): Step {
  const read = readWords(words);
  if ('problem' in read) return still(flash(state, 'error', read.problem));
  return openRestore(state, read.subject, { policy: askedFor(read.policy) });
}

/** The jobs of this file, on a console of their own. */
export const lookInside = (state: State, file: string): Step => [
  { ...state, waiting: `reading ${clean(basename(file))}` },
  [{ type: 'look-inside', file }],
];

const basename = (path: string): string => path.split('/').at(-1) ?? path;

/** The screen while it is the one on top. */
const shown = (state: State): SnapshotsScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'snapshots' ? screen : null;
};

const needsSnapshot = (state: State): string | null =>
  shown(state)?.files?.length ? null : 'there is no snapshot';

function mark(state: State): Step {
  const screen = shown(state);
  if (screen === null || screen.cursor.key === null) return still(state);
  const marks = new Set(screen.marks);
  if (!marks.delete(screen.cursor.key)) marks.add(screen.cursor.key);
  const keys = snapshotKeys(screen.files);
  const next = cursorIndex(screen.cursor, keys) + 1;
  const cursor = moveTo(screen.cursor, keys, next, listRows(state));
  return still(withTop(state, { ...screen, marks, cursor }));
}

function markAll(state: State): Step {
  const screen = shown(state);
  if (screen === null) return still(state);
  const all = [...snapshotKeys(screen.files).keys];
  const marks = all.every((path) => screen.marks.has(path)) ? [] : all;
  return still(withTop(state, { ...screen, marks: new Set(marks) }));
}

/** Of the marked jobs where some are, which is said before and after; without an argument it has no label. */
function take(state: State, label: string): Step {
  const screen = topScreen(state);
  const names = screen.kind === 'jobs' && screen.marks.size > 0 ? [...screen.marks] : null;
  const effect = {
    type: 'snapshot' as const,
    ...(label !== '' && { label }),
    ...(names !== null && { names }),
  };
  return [{ ...state, waiting: takingText(effect.names), progress: null }, [effect]];
}

function verify(state: State): Step {
  const screen = shown(state);
  if (screen === null || screen.cursor.key === null) return still(state);
  const marked = [...snapshotKeys(screen.files).keys].filter((path) => screen.marks.has(path));
  const files = marked.length > 0 ? marked : [screen.cursor.key];
  const waiting = `verifying ${files.length === 1 ? clean(basename(files[0]!)) : counted(files.length, 'snapshot')}`;
  return [{ ...state, waiting }, [{ type: 'verify-snapshots', files }]];
}

export const snapshotActions: readonly Action[] = [
  {
    id: 'snapshot.look',
    keys: ['enter'],
    title: 'look inside',
    help: 'Shows the jobs of the snapshot under the cursor: nothing is run or changed there. Esc comes back.',
    scope: ['snapshots'],
    footer: 1,
    available: needsSnapshot,
    run: (state) => {
      const file = shown(state)?.cursor.key ?? null;
      return file === null ? still(state) : lookInside(state, file);
    },
  },
  {
    id: 'snapshot.restore-inside',
    keys: ['R'],
    title: 'restore',
    help: 'Inside a snapshot: goes back to the server with a plan that restores the marked jobs, or the one under the cursor.',
    scope: ['jobs', 'job'],
    inside: true,
    footer: 2,
    available: all(needsJob, ({ setting: { inside } }) =>
      inside === undefined || inside.over ? null : insideText(inside),
    ),
    run: (state) => {
      const restore = subjects(state).map(({ name }) => name);
      return [state, [{ type: 'leave-snapshot', restore }]];
    },
  },
  {
    id: 'snapshot.compare',
    keys: ['R'],
    title: 'restore',
    help: 'Compares the snapshot under the cursor with the server, and shows a plan.',
    scope: ['snapshots'],
    footer: 2,
    available: needsSnapshot,
    run: (state) => {
      const file = shown(state)?.cursor.key ?? null;
      return file === null ? still(state) : openRestore(state, file);
    },
  },
  {
    id: 'snapshot.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the snapshot and goes to the next.',
    scope: ['snapshots'],
    footer: 5,
    available: needsSnapshot,
    run: mark,
  },
  {
    id: 'snapshot.mark-all',
    keys: ['*', 'ctrl-a'],
    title: 'mark all',
    help: 'Marks every snapshot, or unmarks them all.',
    scope: ['snapshots'],
    available: needsSnapshot,
    run: markAll,
  },
  {
    id: 'snapshot.verify',
    keys: ['v'],
    title: 'verify',
    help: 'Proves by their manifests that the marked snapshots, or the one under the cursor, are what came from the server.',
    scope: ['snapshots'],
    footer: 3,
    available: needsSnapshot,
    run: verify,
  },
  {
    id: 'snapshot.take',
    keys: ['S'],
    title: 'snapshot',
    help: 'Saves all jobs, or those that are marked, to a file on this machine; words after it are its label.',
    scope: ['jobs', 'snapshots'],
    command: 'snapshot',
    live: true,
    complete: () => [],
    footer: 8,
    run: take,
  },
  {
    id: 'snapshot.list',
    keys: ['R'],
    title: 'snapshots',
    help: 'Lists the snapshots of this cluster on this machine; with a file: what its restore would change; options of the command may follow, as `--disabled`.',
    scope: ['jobs', 'job'],
    command: 'restore',
    complete: () => [],
    footer: 8,
    live: true,
    run: (state, words) =>
      words === ''
        ? [
            push(state, { kind: 'snapshots', files: null, cursor: noCursor, marks: new Set() }),
            [{ type: 'list-snapshots' }],
          ]
        : restoreAs(state, words),
  },
  {
    id: 'snapshot.open-file',
    keys: ['o'],
    title: 'other file',
    help: 'Looks inside a file by its path: a snapshot, a file of the curl and jq script, YAML, or a JSON array. R there restores.',
    scope: ['snapshots'],
    footer: 2,
    run: (state) => still({ ...state, overlay: { kind: 'file', line: lineOf('') } }),
  },
];

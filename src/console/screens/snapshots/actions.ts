/** Snapshots of all jobs, and the restore of those that are marked. */

import { clean } from '../../../terminal/cell.ts';
import { lineOf } from '../../../terminal/line.ts';
import type { Action } from '../../state/action.ts';
import { pushPlan } from '../../state/changes.ts';
import { noCursor } from '../../state/cursor.ts';
import { type State, type Step, still } from '../../state/model.ts';
import type { SnapshotsScreen } from '../../state/screen.ts';
import { push, topScreen } from '../../state/stack.ts';

/** The plan of a restore from this file, once it was compared with the server. */
export function openRestore(state: State, file: string): Step {
  const title = `Restore  ${clean(basename(file))}`;
  return [pushPlan(state, { id: file, title, plan: null }), [{ type: 'plan-restore', file }]];
}

const basename = (path: string): string => path.split('/').at(-1) ?? path;

/** The screen while it is the one on top. */
const shown = (state: State): SnapshotsScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'snapshots' ? screen : null;
};

export const snapshotActions: readonly Action[] = [
  {
    id: 'snapshot.compare',
    keys: ['enter'],
    title: 'compare',
    help: 'Compares the snapshot under the cursor with the server, and shows a plan.',
    scope: ['snapshots'],
    footer: 1,
    available: (state) => (shown(state)?.files?.length ? null : 'there is no snapshot'),
    run: (state) => {
      const file = shown(state)?.cursor.key ?? null;
      return file === null ? still(state) : openRestore(state, file);
    },
  },
  {
    id: 'snapshot.take',
    keys: ['S'],
    title: 'snapshot',
    help: 'Saves all jobs to a file on this machine, each as the server sent it.',
    scope: ['jobs', 'snapshots'],
    command: 'snapshot',
    footer: 8,
    run: (state) => [{ ...state, waiting: 'taking a snapshot' }, [{ type: 'snapshot' }]],
  },
  {
    id: 'snapshot.list',
    keys: ['R'],
    title: 'restore',
    help: 'Compares a snapshot with the server, and writes the jobs that you mark.',
    scope: ['jobs', 'job'],
    command: 'restore',
    complete: () => [],
    footer: 8,
    run: (state, file) =>
      file === ''
        ? [
            push(state, { kind: 'snapshots', files: null, cursor: noCursor }),
            [{ type: 'list-snapshots' }],
          ]
        : openRestore(state, file),
  },
  {
    id: 'snapshot.open-file',
    keys: ['o'],
    title: 'other file',
    help: 'Opens a file by its path: a snapshot, a file of the curl and jq script, or a JSON array.',
    scope: ['snapshots'],
    footer: 2,
    run: (state) => still({ ...state, overlay: { kind: 'file', line: lineOf('') } }),
  },
];

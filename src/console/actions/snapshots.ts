/** Snapshots of all jobs, and the restore of those that are marked. */

import { lineOf } from '../../terminal/line.ts';
import { noCursor } from '../cursor.ts';
import { type RestoreScreen, type State, type Step, still } from '../model.ts';
import { push, topScreen, withTop } from '../screens.ts';
import type { Action } from './action.ts';

/** The plan of a restore from this file, once it was compared with the server. */
export function openPlan(state: State, file: string): Step {
  const screen: RestoreScreen = {
    kind: 'restore',
    file,
    plan: null,
    marks: new Set(),
    cursor: noCursor,
    filter: '',
    applying: null,
    results: new Map(),
  };
  return [push(state, screen), [{ type: 'plan-restore', file }]];
}

const writable = ({ kind }: { kind: string }): boolean => kind === 'new' || kind === 'change';

function onPlan(state: State, then: (screen: RestoreScreen) => Step): Step {
  const screen = topScreen(state);
  return screen.kind === 'restore' ? then(screen) : still(state);
}

/** Marks the job under the cursor, or says why the plan cannot write it. */
function markJob(state: State): Step {
  return onPlan(state, (screen) => {
    const item = screen.plan?.items.find(({ name }) => name === screen.cursor.key);
    if (!item) return still(state);
    if (!writable(item))
      return still({
        ...state,
        flash: { level: 'info', text: `${item.name}: ${item.why || item.kind}; nothing to write` },
      });
    const marks = new Set(screen.marks);
    if (!marks.delete(item.name)) marks.add(item.name);
    return still(withTop(state, { ...screen, marks, results: new Map() }));
  });
}

function markAll(state: State): Step {
  return onPlan(state, (screen) => {
    const names = (screen.plan?.items ?? []).filter(writable).map(({ name }) => name);
    const marks = names.every((name) => screen.marks.has(name)) ? [] : names;
    return still(withTop(state, { ...screen, marks: new Set(marks), results: new Map() }));
  });
}

function apply(state: State): Step {
  return onPlan(state, (screen) => {
    const { plan, file } = screen;
    if (plan === null) return still(state);
    const names = plan.items.filter(({ name }) => screen.marks.has(name)).map(({ name }) => name);
    const changed = plan.items.filter(
      ({ name, kind }) => kind === 'change' && screen.marks.has(name),
    );
    const over = changed.length > 0 ? `, ${changed.length} of them over what the server has` : '';
    return still({
      ...state,
      overlay: {
        kind: 'confirm',
        question: `Write ${names.length} ${names.length === 1 ? 'job' : 'jobs'} to ${state.setting.label}${over}?`,
        key: 'w',
        verb: 'write',
        effect: { type: 'apply-restore', file, plan, names },
      },
    });
  });
}

export const snapshotActions: readonly Action[] = [
  {
    id: 'snapshot.take',
    keys: ['S'],
    title: 'snapshot',
    help: 'Writes all jobs to a file on this machine, each as the server gave it.',
    scope: ['jobs', 'snapshots'],
    command: 'snapshot',
    footer: 8,
    run: (state) => [{ ...state, waiting: 'taking a snapshot' }, [{ type: 'snapshot' }]],
  },
  {
    id: 'snapshot.list',
    keys: ['R'],
    title: 'restore',
    help: 'Picks a snapshot, shows what it would change, and writes the jobs you mark.',
    scope: ['jobs', 'job'],
    command: 'restore',
    footer: 8,
    run: (state, file) =>
      file === ''
        ? [
            push(state, { kind: 'snapshots', files: null, cursor: noCursor }),
            [{ type: 'list-snapshots' }],
          ]
        : openPlan(state, file),
  },
  {
    id: 'snapshot.open-file',
    keys: ['o'],
    title: 'other file',
    help: 'Opens a snapshot by its path: one of ours, the curl + jq script’s, or a JSON array.',
    scope: ['snapshots'],
    footer: 2,
    run: (state) => still({ ...state, overlay: { kind: 'file', line: lineOf('') } }),
  },
  {
    id: 'restore.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the job to be written.',
    scope: ['restore'],
    footer: 2,
    run: markJob,
  },
  {
    id: 'restore.mark-all',
    keys: ['a'],
    title: 'all new and changed',
    help: 'Marks every job that is new or changed, or unmarks them all.',
    scope: ['restore'],
    footer: 3,
    run: markAll,
  },
  {
    id: 'restore.apply',
    keys: ['enter'],
    title: 'apply',
    help: 'Writes the marked jobs, parents first; each is read back and compared.',
    scope: ['restore'],
    dangerous: true,
    footer: 1,
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'restore') return 'only from a plan';
      if (screen.applying !== null) return 'already writing';
      return screen.marks.size === 0 ? 'nothing is marked: space marks a job' : null;
    },
    run: apply,
  },
];

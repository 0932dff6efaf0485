/** Jobs as files for git. */
import { counted } from '../../base/counted.ts';
import { clean } from '../../terminal/cell.ts';
import type { Action } from '../state/action.ts';
import { pushPlan } from '../state/changes.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { topScreen } from '../state/stack.ts';

function exportJobs(state: State, folder: string): Step {
  if (folder === '') return still(flash(state, 'error', 'name a folder: :export jobs/'));
  const screen = topScreen(state);
  const names = screen.kind === 'jobs' ? [...screen.marks] : [];
  const waiting = `exporting ${names.length === 0 ? 'all jobs' : counted(names.length)}`;
  return [{ ...state, waiting }, [{ type: 'export', folder, names }]];
}

/** The plan of what a folder says and the server has not: what has come apart, to be written or not. */
function openDrift(state: State, file: string): Step {
  if (file === '') return still(flash(state, 'error', 'name a folder: :drift jobs/'));
  const title = `Drift  ${clean(file)}`;
  const source = { file, spaced: true } as const;
  const opened = pushPlan(state, { id: file, title, plan: null, source });
  return [opened, [{ type: 'plan-restore', ...source }]];
}

export const folderActions: readonly Action[] = [
  {
    id: 'snapshot.export',
    keys: [],
    title: 'export',
    help: 'Writes one YAML file a job for git, of the marked jobs or all: `:export FOLDER`. There only what differs is changed.',
    scope: ['jobs'],
    command: 'export',
    complete: () => [],
    live: true,
    run: exportJobs,
  },
  {
    id: 'snapshot.drift',
    keys: [],
    title: 'drift',
    help: 'Compares a folder of such files with the server: `:drift FOLDER` shows what differs, and can write it.',
    scope: ['jobs', 'snapshots'],
    command: 'drift',
    complete: () => [],
    live: true,
    run: openDrift,
  },
];

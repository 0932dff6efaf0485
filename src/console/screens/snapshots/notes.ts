/** What is noted of the snapshot under the cursor: a pin, a label. */
import { UsageError } from '../../../base/errors.ts';
import { labelOf } from '../../../snapshot/archive/label.ts';
import type { SnapshotFile } from '../../../snapshot/archive/list.ts';
import { clean } from '../../../terminal/cell.ts';
import { lineOf } from '../../../terminal/line.ts';
import type { Action } from '../../state/action.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';

function fileHere(state: State): SnapshotFile | null {
  const screen = topScreen(state);
  if (screen.kind !== 'snapshots') return null;
  return screen.files?.find(({ path }) => path === screen.cursor.key) ?? null;
}

/** Both stand in the manifest. */
function needsManifest(state: State): string | null {
  const file = fileHere(state);
  if (file === null) return 'there is no snapshot';
  return file.head === null ? 'it has no manifest, which is where that is noted' : null;
}

function pin(state: State): Step {
  const file = fileHere(state);
  if (!file?.head) return still(state);
  return [state, [{ type: 'note-snapshot', file: file.path, pinned: !file.head.pinned }]];
}

function label(state: State, text: string): Step {
  const file = fileHere(state);
  if (file === null) return still(state);
  try {
    const label = text.trim() === '' ? null : labelOf(text);
    return [state, [{ type: 'note-snapshot', file: file.path, label }]];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return still(flash(state, 'error', error.message));
  }
}

const typeLabel = (state: State): State => ({
  ...state,
  overlay: {
    kind: 'palette',
    line: lineOf(`label ${clean(fileHere(state)?.head?.label ?? '')}`),
    cursor: null,
  },
});

export const noteActions: readonly Action[] = [
  {
    id: 'snapshot.pin',
    keys: ['p'],
    title: 'pin',
    help: 'Pins the snapshot under the cursor, so that thinning out never removes it; once more unpins it.',
    scope: ['snapshots'],
    footer: 6,
    available: needsManifest,
    run: pin,
  },
  {
    id: 'snapshot.type-label',
    keys: ['e'],
    title: 'label',
    help: 'Begins the line that labels the snapshot under the cursor.',
    scope: ['snapshots'],
    footer: 6,
    available: needsManifest,
    run: (state) => still(typeLabel(state)),
  },
  {
    id: 'snapshot.label',
    keys: [],
    title: 'label',
    help: 'Labels the snapshot under the cursor; without words it takes its label away.',
    scope: ['snapshots'],
    command: 'label',
    complete: () => [],
    available: needsManifest,
    run: label,
  },
];

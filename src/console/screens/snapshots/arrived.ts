/** The snapshots of this machine were listed. */
import { keepCursor } from '../../state/cursor.ts';
import { flash, type MessageOf, type State, type Step, still } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { openRestore } from './actions.ts';
import { snapshotKeys } from './view.ts';

export const snapshotsListed = (state: State, { files, problem }: MessageOf<'snapshots'>): State =>
  onNearest(state, 'snapshots', (screen) => {
    const there = snapshotKeys(files);
    return {
      ...screen,
      files,
      problem,
      cursor: keepCursor(screen.cursor, snapshotKeys(screen.files), there).cursor,
      marks: new Set([...screen.marks].filter((path) => there.index.has(path))),
    };
  });

/** One is back from a snapshot, which looks much alike. */
export function leftSnapshot(before: State, { file, restore }: MessageOf<'left-snapshot'>): Step {
  const state = { ...before, waiting: null };
  if (restore.length > 0) return openRestore(state, file, restore);
  return still(flash(state, 'info', `This is ${state.setting.label} again, the server.`));
}

/** The snapshots of this machine were listed. */
import { keepCursor } from '../../state/cursor.ts';
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
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

/** The snapshots of this machine were listed. */
import { keepCursor } from '../../state/cursor.ts';
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { snapshotKeys } from './view.ts';

export const snapshotsListed = (state: State, { files, problem }: MessageOf<'snapshots'>): State =>
  onNearest(state, 'snapshots', (screen) => ({
    ...screen,
    files,
    problem,
    cursor: keepCursor(screen.cursor, snapshotKeys(screen.files), snapshotKeys(files)).cursor,
  }));

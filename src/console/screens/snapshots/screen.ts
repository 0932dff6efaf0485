import { listRows } from '../../state/layout.ts';
import type { SnapshotsScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { snapshotActions } from './actions.ts';
import { noteActions } from './notes.ts';
import { snapshotKeys, snapshotsBody, snapshotsTitle } from './view.ts';

export const snapshotsScreen: ScreenRow<SnapshotsScreen> = {
  actions: [...snapshotActions, ...noteActions],
  title: snapshotsTitle,
  body: snapshotsBody,
  listing: (state, { files, cursor }) => ({
    list: snapshotKeys(files),
    cursor,
    height: listRows(state),
  }),
  cleared: (screen) => (screen.marks.size > 0 ? { ...screen, marks: new Set() } : null),
};

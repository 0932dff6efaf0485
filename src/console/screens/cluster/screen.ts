import type { ClusterScreen } from '../../state/model.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { clusterScreenActions } from './actions.ts';
import { memberKeys } from './rows.ts';
import { clusterBody, clusterRows, clusterTitle, toldLines } from './view.ts';

export const clusterScreen: ScreenRow<ClusterScreen> = {
  actions: clusterScreenActions,
  title: clusterTitle,
  body: clusterBody,
  listing: (state, screen) => ({
    list: memberKeys(state, screen),
    cursor: screen.cursor,
    height: clusterRows(state, screen).members,
  }),
  at: onAnotherRow,
  onRead: () => [{ type: 'read-overview' }],
  part: (state, screen) => {
    const { told } = clusterRows(state, screen);
    return told === 0 ? null : { lines: toldLines(state, screen).length, height: told - 1 };
  },
};

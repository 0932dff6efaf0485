import { bodyRows } from '../../state/layout.ts';
import type { PruneScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { pruneActions } from './actions.ts';
import { linesOf, pruneBody, pruneTitle } from './view.ts';

export const pruneScreen: ScreenRow<PruneScreen> = {
  actions: pruneActions,
  title: pruneTitle,
  body: pruneBody,
  part: (state, { groups }) => ({ lines: linesOf(groups).length, height: bodyRows(state) }),
};

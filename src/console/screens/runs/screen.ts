import { listRows } from '../../state/layout.ts';
import type { ExecutionsScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { runActions } from './actions.ts';
import { executionsBody, executionsTitle, runsAt, runsOverhang } from './view.ts';

export const runsScreen: ScreenRow<ExecutionsScreen> = {
  actions: runActions,
  title: executionsTitle,
  body: executionsBody,
  listing: (state, screen) => ({
    list: runsAt(state, screen.job),
    cursor: screen.cursor,
    height: listRows(state),
  }),
  runsOf: ({ job }) => job,
  sideways: (state, screen) => cellsPast(runsOverhang(state, screen), state.columns >> 2),
};

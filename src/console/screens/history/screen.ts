import { planRows } from '../../state/layout.ts';
import type { HistoryScreen } from '../../state/model.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { historyActions } from './actions.ts';
import { differenceOf, historyBody, historyKeys, historyTitle, overhang } from './view.ts';

export const historyScreen: ScreenRow<HistoryScreen> = {
  actions: historyActions,
  title: historyTitle,
  body: historyBody,
  listing: (state, { history, cursor }) => {
    const list = historyKeys(history);
    return { list, cursor, height: planRows(state, list.keys.length).list };
  },
  at: onAnotherRow,
  part: (state, screen) => {
    const { diff } = planRows(state, historyKeys(screen.history).keys.length);
    return diff === 0 ? null : { lines: differenceOf(state, screen).length, height: diff - 1 };
  },
  sideways: (state, screen) => cellsPast(overhang(state, screen), state.columns >> 2),
};

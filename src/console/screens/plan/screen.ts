import { filterProblem } from '../../../job/filter-language.ts';
import { planRows } from '../../state/layout.ts';
import type { PlanScreen } from '../../state/model.ts';
import { planFilter } from '../../state/plan-filter.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { withTop } from '../../state/stack.ts';
import { onAnotherRow } from '../pane-of-row.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { planActions } from './actions.ts';
import { reshown } from './order.ts';
import { differenceOf, planBody, planOverhang, planTitle } from './view.ts';

export const planScreen: ScreenRow<PlanScreen> = {
  actions: planActions,
  title: planTitle,
  body: planBody,
  listing: (state, screen) => {
    const list = planKeys(screen);
    return { list, cursor: screen.cursor, height: planRows(state, list.keys.length).list };
  },
  at: onAnotherRow,
  part: (state, screen) => {
    const { diff } = planRows(state, planKeys(screen).keys.length);
    return diff === 0 ? null : { lines: differenceOf(state, screen).length, height: diff - 1 };
  },
  sideways: (state, screen) => cellsPast(planOverhang(state, screen), state.columns >> 2),
  filtered: {
    verb: 'filter',
    keys: planFilter.keys,
    words: ({ filter }) => filter,
    typed: (state, screen, filter) => withTop(state, reshown(screen, { ...screen, filter })),
    problem: (words, finished) => filterProblem(words, planFilter, finished),
  },
  held: ({ applying }) =>
    applying === null ? null : 'still writing; ctrl-c stops after the jobs that are under way',
};

import { bodyRows } from '../../state/layout.ts';
import type { RunComparisonScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { runComparisonActions } from './actions.ts';
import {
  lineCount,
  overhang,
  runComparisonBody,
  runComparisonTitle,
  shownOf,
  topOf,
} from './view.ts';

export const runComparisonScreen: ScreenRow<RunComparisonScreen> = {
  actions: runComparisonActions,
  title: runComparisonTitle,
  body: runComparisonBody,
  part: (state, screen) => {
    const shown = shownOf(state, screen);
    if (shown === null) return null;
    return {
      lines: lineCount(shown),
      height: bodyRows(state),
      top: topOf(state, screen, shown),
    };
  },
  sideways: (state, screen) => cellsPast(overhang(state, screen), state.columns >> 1),
};

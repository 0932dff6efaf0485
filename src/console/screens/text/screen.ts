import type { TextScreen } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { searched, textActions } from './actions.ts';
import {
  rowCount,
  rowsOf,
  textBody,
  textColumns,
  textHeight,
  textTitle,
  topOf,
  widest,
} from './view.ts';

export const textScreen: ScreenRow<TextScreen> = {
  actions: textActions,
  title: textTitle,
  body: textBody,
  part: (state, screen) => ({
    lines: rowCount(state, screen),
    height: textHeight(state, screen),
    top: topOf(state, screen),
  }),
  sideways: (state, screen) =>
    cellsPast(widest(rowsOf(state, screen)) - textColumns(state), state.columns >> 1),
  filtered: {
    verb: 'search',
    words: ({ search }) => search,
    // A search starts over with every letter from where it began.
    typed: (state, screen, words, { top, left, match }) =>
      withTop(state, searched(state, { ...screen, top, left, match }, words)),
    restored: (screen, { search, match, top, left }) => ({ ...screen, search, match, top, left }),
  },
};

import type { AgainScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { againActions } from './actions.ts';
import { againRows } from './rows.ts';
import { againBody, againHeight, againTitle } from './view.ts';

export const againScreen: ScreenRow<AgainScreen> = {
  actions: againActions,
  title: againTitle,
  body: againBody,
  listing: (state, screen) => ({
    list: againRows(state, screen),
    cursor: screen.cursor,
    height: againHeight(state),
  }),
};

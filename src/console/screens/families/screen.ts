import type { FamiliesScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { familyActions } from './actions.ts';
import { familyRows } from './rows.ts';
import { familiesBody, familiesTitle, familyHeight } from './view.ts';

export const familiesScreen: ScreenRow<FamiliesScreen> = {
  actions: familyActions,
  title: familiesTitle,
  body: familiesBody,
  listing: (state, screen) => ({
    list: familyRows(state, screen),
    cursor: screen.cursor,
    height: familyHeight(state),
  }),
};

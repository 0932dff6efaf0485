import { listRows } from '../../state/layout.ts';
import type { FieldsScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { fieldActions } from './actions.ts';
import { fieldRows, fieldsBody, fieldsTitle, noFields } from './view.ts';

export const fieldsScreen: ScreenRow<FieldsScreen> = {
  actions: fieldActions,
  title: fieldsTitle,
  body: fieldsBody,
  listing: (state, screen) => {
    const job = state.jobs.byName.get(screen.job)?.job;
    const list = job ? fieldRows(job) : noFields;
    return { list, cursor: screen.cursor, height: listRows(state) };
  },
};

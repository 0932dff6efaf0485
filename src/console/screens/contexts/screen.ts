import { listRows } from '../../state/layout.ts';
import type { ContextsScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { contextActions } from './actions.ts';
import { contextKeys, contextsBody, contextsTitle } from './view.ts';

export const contextsScreen: ScreenRow<ContextsScreen> = {
  actions: contextActions,
  title: contextsTitle,
  body: contextsBody,
  listing: (state, { cursor }) => ({
    list: contextKeys(state.setting.contexts),
    cursor,
    height: listRows(state),
  }),
};

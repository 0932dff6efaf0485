import type { AgendaScreen } from '../../state/model.ts';
import type { ScreenRow } from '../row.ts';
import { cellsPast } from '../sideways.ts';
import { agendaActions } from './actions.ts';
import {
  agendaBody,
  agendaKeys,
  agendaOverhang,
  agendaRows,
  agendaTitle,
  hoursShown,
} from './view.ts';

export const agendaScreen: ScreenRow<AgendaScreen> = {
  actions: agendaActions,
  title: agendaTitle,
  body: agendaBody,
  listing: (state, screen) => ({
    list: agendaKeys(screen.agenda),
    cursor: screen.cursor,
    height: agendaRows(state, screen).busiest,
  }),
  part: (state, screen) => {
    const { hours, strip, top } = hoursShown(state, screen);
    return hours.length === 0 ? null : { lines: hours.length, height: strip, top };
  },
  sideways: (state, screen) => cellsPast(agendaOverhang(state, screen), state.columns >> 2),
};

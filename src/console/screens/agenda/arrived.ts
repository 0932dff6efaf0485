/** The runs of the hours asked for were worked out. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { agendaKeys } from './view.ts';

export const agendaWorkedOut = (state: State, { hours, agenda }: MessageOf<'agenda'>): State =>
  onNearest(state, 'agenda', (screen) =>
    // Another length was asked for meanwhile.
    screen.hours === hours
      ? { ...screen, agenda, cursor: { key: agendaKeys(agenda).keys.at(0) ?? null, row: 0 } }
      : screen,
  );

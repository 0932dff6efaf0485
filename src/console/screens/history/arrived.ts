/** The history of a job was read. */

import { keepCursor } from '../../state/cursor.ts';
import type { Cursor, HistoryScreen, MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { historyKeys } from './view.ts';

export const historyRead = (
  state: State,
  { name, history, problem }: MessageOf<'history'>,
): State =>
  onNearest(state, 'history', (screen) =>
    screen.job === name
      ? { ...screen, history, problem, cursor: cursorOn(screen, history) }
      : screen,
  );

const cursorOn = ({ cursor, history }: HistoryScreen, next: HistoryScreen['history']): Cursor =>
  keepCursor(cursor, historyKeys(history), historyKeys(next)).cursor;

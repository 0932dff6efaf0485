/** The history of a job was read. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';

export const historyRead = (
  state: State,
  { name, history, problem }: MessageOf<'history'>,
): State =>
  onNearest(state, 'history', (screen) =>
    screen.job === name
      ? { ...screen, history, problem, cursor: { key: history?.steps[0]?.id ?? null, row: 0 } }
      : screen,
  );

/** The journal was read. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';

export const journalRead = (state: State, { changes, problem }: MessageOf<'journal'>): State =>
  onNearest(state, 'journal', (screen) => ({
    ...screen,
    changes,
    problem,
    cursor: { key: changes[0]?.id ?? null, row: 0 },
  }));

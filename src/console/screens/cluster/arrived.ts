/** How the cluster is was read. */
import type { ClusterScreen, MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { keepCursorOf } from './rows.ts';

export const overviewRead = (
  state: State,
  { overview, at, problem }: MessageOf<'overview'>,
): State =>
  onNearest(state, 'cluster', (screen): ClusterScreen => {
    // What was read before stays when it cannot be read again.
    if (overview === null) return { ...screen, problem };
    const read = { ...screen, overview, at, problem: undefined };
    return { ...read, cursor: keepCursorOf(state, screen, read) };
  });

import type { State } from '../../state/model.ts';
/** The jobs screen changed so that other rows show: the cursor keeps its job where it can. */

import { keepCursor } from '../../state/cursor.ts';
import type { JobsScreen } from '../../state/screen.ts';
import { withJobs } from '../../state/stack.ts';
import { visibleOf } from './visible.ts';

export function reshow(state: State, screen: JobsScreen): State {
  const before = visibleOf(state);
  const changed = withJobs(state, screen);
  const { cursor } = keepCursor(screen.cursor, before, visibleOf(changed));
  return withJobs(state, { ...screen, cursor });
}

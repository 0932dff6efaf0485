/** Two runs were read: the first line that truly differs is in sight. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { atPlace } from './view.ts';

export const runsRead = (
  state: State,
  { job, older, newer, runs, problem }: MessageOf<'runs-read'>,
): State =>
  onNearest(state, 'run-comparison', (screen) =>
    screen.job === job && screen.older === older && screen.newer === newer
      ? atPlace(state, { ...screen, runs, problem }, 0)
      : screen,
  );

/** Two sets of jobs were compared. */
import type { MessageOf, State } from '../../state/model.ts';
import type { Compared } from '../../state/screen.ts';
import { onNearest } from '../../state/stack.ts';

export const compared = (
  state: State,
  { from, to, comparison, problem }: MessageOf<'compared'>,
): State =>
  onNearest(state, 'comparison', (screen) =>
    isSame(screen.from, from) && screen.to === to
      ? {
          ...screen,
          comparison,
          problem,
          cursor: { key: comparison?.differences[0]?.name ?? null, row: 0 },
        }
      : screen,
  );

const isSame = (one: Compared['from'], other: Compared['from']): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : one.context === other.context;

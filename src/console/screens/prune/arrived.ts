/** It was worked out which snapshots stay and which go. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';

export const prunePlanned = (state: State, { groups, problem }: MessageOf<'prune-plan'>): State =>
  onNearest(state, 'prune', (screen) => ({ ...screen, groups, problem }));

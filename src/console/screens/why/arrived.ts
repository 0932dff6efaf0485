/** It was looked for: the cursor stands on what is nearest to the first failure. */
import type { MessageOf, State } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import { whyKeys } from './view.ts';

export const whyTold = (state: State, { job, why, none }: MessageOf<'why'>): State =>
  onNearest(state, 'why', (screen) =>
    screen.job === job
      ? { ...screen, why, none, cursor: { key: whyKeys(why).keys.at(0) ?? null, row: 0 } }
      : screen,
  );

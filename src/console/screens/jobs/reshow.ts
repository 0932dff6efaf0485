/** The jobs screen changed so that other rows show: the cursor keeps its job where it can. */
import { jobFilter } from '../../../job/filter.ts';
import { looksInto } from '../../../job/filter-language.ts';
import { keepCursor } from '../../state/cursor.ts';
import type { JobsScreen, State } from '../../state/model.ts';
import type { AskedRows } from '../../state/sort.ts';
import { withJobs } from '../../state/stack.ts';
import { visibleOf } from './visible.ts';

/** Where it takes long to work out which rows these are, those of now stay until it is done. */
export function reshow(state: State, { held: _, ...screen }: JobsScreen): State {
  const [before] = state.screens;
  const { filter, sort } = before.held ?? before;
  if (takesLong(state, screen, { filter, sort }))
    return withJobs(state, { ...screen, held: { filter, sort } });
  return shownNow(state, screen);
}

export function shownNow(state: State, screen: JobsScreen): State {
  const before = visibleOf(state);
  const changed = withJobs(state, screen);
  const { cursor } = keepCursor(screen.cursor, before, visibleOf(changed));
  return withJobs(state, { ...screen, cursor });
}

/** Of fewer jobs all is worked out between two keys. */
export const many = 5_000;

/** Next runs are worked out by the rules of each job, and bodies lie packed. */
function takesLong({ jobs }: State, asked: AskedRows, shown: AskedRows): boolean {
  if (jobs.byName.size < many) return false;
  const sorts = asked.sort.column === 'next' && shown.sort.column !== 'next';
  return sorts || (asked.filter !== shown.filter && looksInto(asked.filter, 'body', jobFilter));
}

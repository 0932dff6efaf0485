import { isDeepStrictEqual } from 'node:util';
import { mostRows } from '../../../cluster/last-seen.ts';
import type { JobFacts } from '../../../job/job.ts';
import type { State } from '../../state/model.ts';
import { firstSort } from '../../state/start.ts';
import { visibleOf } from './visible.ts';

/** What the next console shows first. Another order or a filter would have to be laid out for it. */
export function topRows(state: State): JobFacts[] | null {
  const [{ filter, sort }] = state.screens;
  if (filter !== '' || !isDeepStrictEqual(sort, firstSort)) return null;
  const { byName } = state.jobs;
  return visibleOf(state)
    .keys.slice(0, mostRows)
    .flatMap((name) => byName.get(name) ?? []);
}

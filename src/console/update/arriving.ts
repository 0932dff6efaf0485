/** Rows of the first list as they come, or those of an earlier console; later lists replace the old one whole. */
import { isDeepStrictEqual } from 'node:util';
import { JobTable } from '../../job/table.ts';
import { listingOf } from '../screens/table.ts';
import { windowOf } from '../state/cursor.ts';
import type { MessageOf } from '../state/message.ts';
import type { State } from '../state/model.ts';
import { firstSort } from '../state/start.ts';
import { keepPlace } from './refresh.ts';

type Arriving = MessageOf<'arriving'>;

export function arriving(state: State, message: Arriving): State {
  if (state.jobs.earlier !== undefined) return besideEarlier(state, message);
  if (state.jobs.at !== null) return state;
  const { jobs, seenAt, earlier, unreadable = [], announced } = message;
  const byName = state.jobs.byName.with(jobs);
  const at = seenAt ?? null;
  return keepPlace(state, { ...state, jobs: { byName, unreadable, at, earlier, announced } });
}

/** They stand in the place of earlier rows once none of those that are on the screen is missing. */
function besideEarlier(state: State, { jobs, isOfEarlier, announced }: Arriving): State {
  const coming = (state.jobs.coming ?? JobTable.empty).with(jobs);
  if (isOfEarlier !== true || !isInOrder(coming) || !hasShown(state, coming))
    return { ...state, jobs: { ...state.jobs, coming } };
  const arrived = { byName: coming, unreadable: [], at: null, announced };
  return keepPlace(state, { ...state, jobs: arrived });
}

/** What is still to come sorts below. */
function isInOrder({ rows }: JobTable): boolean {
  return rows.every(({ name }, at) => at === 0 || rows[at - 1]!.name < name);
}

/** Where the table has its usual order, in which most of a list may be missing. */
function hasShown(state: State, coming: JobTable): boolean {
  const [screen] = state.screens;
  const listing = listingOf(state, screen);
  if (listing === null || screen.filter !== '' || !isDeepStrictEqual(screen.sort, firstSort))
    return false;
  const { list, cursor, height } = listing;
  const { start, end } = windowOf(cursor, list, height);
  return list.keys.slice(start, end).every((name) => coming.has(name));
}

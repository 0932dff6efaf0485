/** The jobs that the operator has before him: edits of others are to be seen in these soon. */
import { windowOf } from '../state/cursor.ts';
import type { Effect, Overlay, State } from '../state/model.ts';
import { subject, topScreen } from '../state/stack.ts';
import { listingOf } from './table.ts';

/** More than any terminal shows, or anybody reads. */
const most = 200;

/** Their names, those that lie over the screen first; some may be no jobs. */
export function jobsShown(state: State): readonly string[] {
  const names = new Set(aboutOf(state.overlay));
  const name = subject(state)?.name;
  if (name !== undefined) names.add(name);
  for (const key of keysShown(state)) names.add(key);
  return [...names].slice(0, most);
}

function keysShown(state: State): readonly string[] {
  const listing = listingOf(state, topScreen(state));
  if (listing === null) return [];
  const { start, end } = windowOf(listing.cursor, listing.list, listing.height);
  return listing.list.keys.slice(start, end);
}

/** What an editor is open on, or a question is about; and what lies under it. */
function aboutOf(overlay: Overlay | null): readonly string[] {
  if (overlay === null) return [];
  if ('seen' in overlay) return [overlay.seen.name];
  if (overlay.kind !== 'confirm' && overlay.kind !== 'typed') return [];
  return [...namesOf(overlay.effect), ...aboutOf(overlay.under)];
}

function namesOf(effect: Effect): readonly string[] {
  if ('plan' in effect) return effect.plan.items.map(({ name }) => name);
  if ('names' in effect) return effect.names ?? [];
  return 'name' in effect ? [effect.name] : [];
}

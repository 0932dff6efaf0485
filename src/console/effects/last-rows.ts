/** The rows of an earlier console, shown while nothing has answered yet. */
import type { Cluster, Way } from '../../cluster/identify.ts';
import { keepLastSeen, readLastSeen } from '../../cluster/last-seen.ts';
import type { Register } from '../../cluster/register.ts';
import type { Places } from '../../config/places.ts';
import type { Message, State } from '../state/model.ts';

export interface LastRowsOptions {
  readonly register: Register;
  readonly way: Way;
  /** The one that the operator chose to see. */
  readonly chosen: Cluster | null;
  readonly places: Places;
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

/** Of a context only, or of a cluster that was chosen: an address does not say whose rows to show. */
export async function showLastRows(options: LastRowsOptions): Promise<void> {
  const { register, way, chosen, places, state, dispatch } = options;
  if (way.context === null && chosen === null) return;
  const cluster = chosen ?? (await register.last(way).catch(() => null));
  const seen = cluster && (await readLastSeen(places.cluster(cluster.id).lastSeen));
  if (seen && state().jobs.byName.size === 0)
    dispatch({ type: 'arriving', jobs: seen.jobs, seenAt: seen.at });
}

/** A disk that refuses loses nothing: they are a help, not data. */
export async function keepLastRows(
  places: Places,
  shown: Cluster | null,
  { jobs: { byName, at } }: State,
): Promise<void> {
  if (shown === null || at === null) return;
  const rows = { at, jobs: [...byName.values()] };
  await keepLastSeen(places.cluster(shown.id).lastSeen, rows).catch(() => {});
}

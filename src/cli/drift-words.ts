import type { Drift, DriftKind } from '../plan/drift.ts';
import type { Tone } from '../view/line.ts';

/** Which way it differs, in words that need no column beside them. */
export const kindWords: Record<DriftKind, string> = {
  missing: 'only in the folder',
  changed: 'changed',
  extra: 'only on the server',
  unreadable: 'cannot be read',
};

export const driftTones: Record<DriftKind, Tone> = {
  missing: 'attention',
  changed: 'attention',
  extra: 'attention',
  unreadable: 'bad',
};

/** `2 changed, 1 only on the server, 40 the same`. */
export function driftCounts({ drifted, same }: Drift): string {
  const kinds = Map.groupBy(drifted, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, { length }]) => `${length} ${kindWords[kind]}`);
  return [...counts, ...(same > 0 || counts.length === 0 ? [`${same} the same`] : [])].join(', ');
}

/** Which snapshots are of one kind, and so may be compared and thinned out together. */
import type { ManifestHead } from './manifest.ts';

/**
 * By cluster and by how it was taken. One of chosen jobs never stands for one of all, so these are apart; except
 * for safety snapshots, which are all of chosen jobs.
 */
export const groupOf = ({ cluster, kind, chosen }: ManifestHead): string =>
  JSON.stringify([cluster?.id ?? null, kind, kind === 'safety' || chosen === null]);

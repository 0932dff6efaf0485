/** Which snapshots are of one kind, and so may be compared and thinned out together. */
import type { ManifestHead } from './manifest.ts';

/**
 * By cluster (where nobody asked which it is, by address) and by how it was taken. One of chosen jobs never stands for one of all, so these are apart; except
 * for safety snapshots, which are all of chosen jobs.
 */
export const groupOf = ({ cluster, url, kind, chosen }: ManifestHead): string =>
  JSON.stringify([cluster?.id ?? url, kind, kind === 'safety' || chosen === null]);

/** Which snapshots are of one kind, and so may be compared and thinned out together. */
import type { ManifestHead } from './manifest.ts';

/**
 * By cluster and by how it was taken. One of chosen jobs never stands for one of all, so these are apart; except
 * for safety snapshots, which are all of chosen jobs.
 */
export const groupOf = (head: ManifestHead): string => {
  const { kind, chosen } = head;
  return JSON.stringify([clusterOf(head), kind, kind === 'safety' || chosen === null]);
};

/** Of which cluster it is: where nobody asked which that is, by its address. */
export const clusterOf = ({ cluster, url }: Pick<ManifestHead, 'cluster' | 'url'>): string =>
  cluster?.id ?? url;

import { OtherCluster } from '../../base/errors.ts';
import type { Choice, PlanFile } from './plan-file.ts';

/**
 * What was looked at for one cluster says nothing about another. Throws OtherCluster where `here` is not
 * that of the plan; `next` is what to do then.
 */
export function checkTarget(
  { cluster, url }: PlanFile,
  here: { readonly id: string; readonly name: string },
  next: string,
): void {
  if (here.id === cluster.id) return;
  const made = `this plan was made for ${cluster.name} at ${url}`;
  throw new OtherCluster(`${made}, and ${here.name} answers`, {
    data: 'Nothing was written.',
    next,
  });
}

/** The jobs with which that is to be done. */
export const namesWith = ({ choices }: PlanFile, ...wanted: readonly Choice[]): Set<string> =>
  new Set([...choices].filter(([, choice]) => wanted.includes(choice)).map(([name]) => name));

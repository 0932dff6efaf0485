/** Why nothing is changed now, whatever is asked for: read-only, or it is not sure where it would go. */
import type { Inside, State } from './model.ts';

export const readOnlyText =
  'READ-ONLY: nothing is written here (--read-only, or the context in the config file)';

/** What a snapshot is not, and what to do instead. */
export const insideText = ({ over, file }: Inside): string =>
  `this is a snapshot, not a server: nothing is run or changed here; ${
    over
      ? 'R restores jobs of it, esc goes back'
      : `'dkron-tui restore ${file}' writes its jobs to a server`
  }`;

/** Where to look for runs instead; null for a server, which has them. */
export function noRuns({ setting: { inside } }: State): string | null {
  if (inside === undefined) return null;
  const elsewhere = inside.executions === null ? '' : `; ${inside.executions} beside it does`;
  return `a snapshot keeps no runs${elsewhere}`;
}

/** Why no server is asked; null where there is one. */
export const noServer = ({ setting: { inside } }: State): string | null =>
  inside === undefined ? null : insideText(inside);

/** Why there is not more than rows yet; null where there are jobs. */
export function onlyRows({ jobs, cluster }: State): string | null {
  if (jobs.earlier === undefined) return null;
  return cluster.kind === 'unsure' || cluster.kind === 'another'
    ? 'these rows are from before, and what answers now may be another cluster: press C'
    : 'not yet: these rows are from before, and the server has not answered since';
}

/** Nobody knows yet which cluster answers, and nothing is in the way of it. */
export const isBeginning = ({ cluster, link, forward }: State): boolean =>
  cluster.kind === 'unknown' &&
  link.kind !== 'lost' &&
  (forward === null || forward.kind === 'starting' || forward.kind === 'up');

/** Null where changes are open. The write door holds the same once more. */
export function closedBy({ setting, cluster }: State): string | null {
  if (setting.inside !== undefined) return insideText(setting.inside);
  if (setting.readOnly) return readOnlyText;
  switch (cluster.kind) {
    case 'known':
      return null;
    case 'unknown':
      return 'nothing is written before it is known which cluster answers here';
    case 'unsure':
      return `nothing is written before you have said whether this is ${cluster.name}: press C`;
    case 'another':
      return `nothing is written: another cluster answers, not ${cluster.name} (C shows it)`;
  }
}

/** What a server is too old for. */
import { atLeast } from '../../base/dkron-version.ts';
import { type Finding, warning } from './finding.ts';

/** Whether a server, of a version that is known, lacks what came with another. */
export const isOlder = (version: string | undefined, since: string | undefined): boolean =>
  since !== undefined && version !== undefined && !atLeast(version, since);

export function tooOld(
  path: string,
  since: string | undefined,
  value: unknown,
  version: string | undefined,
  effect = '',
): Finding[] {
  if (!isOlder(version, since)) return [];
  const unset = value === undefined || value === null || value === false || value === '';
  return unset
    ? []
    : [warning('too-old', path, `Dkron ${version} ignores it${effect}; it came with ${since}`)];
}

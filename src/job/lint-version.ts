/** What a server is too old for. */
import { compareVersions } from '../schedule/features.ts';
import { type Finding, warning } from './finding.ts';

export function tooOld(
  path: string,
  since: string | undefined,
  value: unknown,
  version: string | undefined,
): Finding[] {
  if (since === undefined || version === undefined || compareVersions(version, since) >= 0)
    return [];
  const unset = value === undefined || value === null || value === false || value === '';
  return unset
    ? []
    : [warning('too-old', path, `Dkron ${version} ignores it; it came with ${since}`)];
}

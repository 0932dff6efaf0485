/** What a schedule may hold or heed, by Dkron's version. */
const since = {
  /** `~`, replaced by a number made of the job's name */
  hash: '4.0.0-rc1',
  '@minutely': '3.1.7',
  '@after': '4.1.1',
  /** a job's `starts_at`: what would fire before it does not run */
  starts_at: '4.0.9-rc1',
} as const;

export type Feature = keyof typeof since;

/** Whether that Dkron knows the feature; without a version, the newest is meant. */
export const supports = (feature: Feature, version?: string): boolean =>
  version === undefined || compareVersions(version, since[feature]) >= 0;

/** Orders `4.0.9`, `v4.0.9`, `4.0.0-rc1`; a preview comes before its release. */
export function compareVersions(a: string, b: string): number {
  const [releaseA = '', previewA] = split(a);
  const [releaseB = '', previewB] = split(b);
  if (releaseA !== releaseB) return numeric.compare(releaseA, releaseB);
  if (previewA === undefined || previewB === undefined)
    return Number(previewA === undefined) - Number(previewB === undefined);
  return numeric.compare(previewA, previewB);
}

const numeric = new Intl.Collator('en', { numeric: true });

const split = (version: string): string[] => version.replace(/^v/, '').split(/-(.*)/s);

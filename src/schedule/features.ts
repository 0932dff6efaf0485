import { atLeast } from '../base/dkron-version.ts';

/** What a schedule may hold or heed, by the first of Dkron's tags that has it. */
export const featureSince = {
  /** `~`, replaced by a number made of the job's name */
  hash: '4.0.0-rc1',
  '@minutely': '3.1.7',
  '@after': '4.1.1',
  /** a job's `starts_at`: what would fire before it does not run */
  starts_at: '4.0.9-rc1',
} as const;

export type Feature = keyof typeof featureSince;

/** Whether that Dkron knows the feature; without a version, the newest is meant. */
export const supports = (feature: Feature, version?: string): boolean =>
  version === undefined || atLeast(version, featureSince[feature]);

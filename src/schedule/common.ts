import { descriptors } from './descriptor.ts';
import { type Feature, supports } from './features.ts';

/** Schedules to choose from in a menu, from often to seldom. */
export const commonSchedules: readonly string[] = [
  '0 * * * * *',
  '0 */5 * * * *',
  '0 */15 * * * *',
  '0 0 * * * *',
  '0 */15 8-18 * * MON-FRI',
  '0 0 6 * * *',
  '0 0 6 * * MON-FRI',
  '0 0 0 * * *',
  '0 0 0 * * SUN',
  '0 0 0 1 * *',
  '@every 90s',
  '@manually',
];

interface Descriptor {
  readonly text: string;
  readonly feature?: Feature;
}

const everyDescriptor: readonly Descriptor[] = [
  ...[...descriptors.keys()].map((text) => ({ text })),
  { text: '@minutely', feature: '@minutely' },
  { text: '@every ' },
  { text: '@at ' },
  { text: '@after ', feature: '@after' },
  { text: '@manually' },
];

/** What may stand after an `@` in a schedule; a space at the end asks for more. */
export const descriptorsOf = (version?: string): string[] =>
  everyDescriptor
    .filter(({ feature }) => feature === undefined || supports(feature, version))
    .map(({ text }) => text);

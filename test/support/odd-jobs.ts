import fc from 'fast-check';
import type { Job } from '../../src/job/job.ts';
import { aJob } from './jobs.ts';

/** Text as it comes, halves of characters among it. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '\ud800', '\udfff', '\u0000', '\\', '"', '<', '\u2028', '🚲'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 6,
});
/**
 * Without a backslash: JSON.parse of V8 13.6 (Node 24) takes the key "\\u003c" for "\\" once it has seen
 * an object with that key.
 */
const key = fc.oneof(
  text.map((any) => any.replaceAll('\\', '/')),
  fc.constantFrom('__proto__', 'constructor', ''),
);
const map = fc.dictionary(key, text, {
  maxKeys: 4,
});

const offset = fc.constantFrom('Z', '+02:00', '-05:30', '+23:59', '-00:01');
const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
const time = fc
  .tuple(
    fc.integer({ min: 1, max: 9998 }),
    two(23),
    two(59),
    fc.constantFrom('', '.5', '.123456789', '.1234567899'),
    offset,
  )
  .map(
    ([year, hour, minute, part, zone]) =>
      `${String(year).padStart(4, '0')}-06-30T${hour}:${minute}:59${part}${zone}`,
  );

const anyCase = fc.constantFrom(
  'Retries',
  'RETRIES',
  'Tags',
  'METADATA',
  'di\u017fabled',
  'Owner',
  'shell',
  'command',
  'quota',
);
const values: Record<string, fc.Arbitrary<unknown>> = {
  retries: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }).map(Number),
  tags: fc.option(map),
  metadata: fc.option(map),
  disabled: fc.boolean(),
  owner: text,
};
const anyFor = (key: string): fc.Arbitrary<unknown> =>
  values[key.replace('\u017f', 's').toLowerCase()] ?? fc.jsonValue();

/** A job that Dkron takes, with what it drops or changes. */
export const anOddJob: fc.Arbitrary<Job> = fc
  .record({
    displayname: text,
    owner_email: text,
    executor_config: map,
    processors: fc.dictionary(key, map, { maxKeys: 2 }),
    starts_at: fc.option(time),
    expires_at: fc.option(time),
    concurrency: fc.constantFrom('', 'allow', 'forbid'),
    ephemeral: fc.boolean(),
    retries: values['retries']! as fc.Arbitrary<number>,
    tags: values['tags']! as fc.Arbitrary<Job['tags']>,
    metadata: values['metadata']! as fc.Arbitrary<Job['metadata']>,
  })
  .chain((fields) =>
    fc.uniqueArray(anyCase, { maxLength: 3 }).chain((keys) =>
      fc.tuple(...keys.map(anyFor)).map((more) => ({
        ...aJob({ name: 'odd', schedule: '@manually' }),
        ...fields,
        ...Object.fromEntries(keys.map((key, at) => [key, more[at]])),
      })),
    ),
  );

import fc from 'fast-check';
import { type FieldName, fieldKinds, fieldNames } from '../../src/schedule/field.ts';
import { type Instant, instantFromSeconds } from '../../src/schedule/instant.ts';
import { zoneOf } from '../../src/schedule/zone.ts';

const range = (min: number, max: number) => fc.integer({ min, max });

/** One item of a field, always one that Dkron accepts. */
function item(name: FieldName): fc.Arbitrary<string> {
  const { min, max } = fieldKinds[name];
  const between = fc
    .tuple(range(min, max), range(min, max))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const start = fc.oneof(fc.constantFrom('*', '?'), range(min, max).map(String), between);
  return fc
    .tuple(start, fc.option(range(1, max + 5), { freq: 2 }))
    .map(([text, step]) => (step === null ? text : `${text}/${step}`));
}

const field = (name: FieldName): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    {
      weight: 5,
      arbitrary: fc
        .array(item(name), { minLength: 1, maxLength: 3 })
        .map((items) => items.join(',')),
    },
  );

/** Six fields that Dkron accepts. */
export const sixFields: fc.Arbitrary<string> = fc
  .tuple(...fieldNames.map(field))
  .map((fields) => fields.join(' '));

const two = (value: number): string => String(value).padStart(2, '0');

const time = fc
  .tuple(range(2000, 2060), range(1, 12), range(1, 28), range(0, 23), range(0, 59))
  .map(([y, mo, d, h, mi]) => `${y}-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}:30Z`);

/** Any schedule that Dkron accepts. */
export const validSchedule: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: sixFields },
  fc.constantFrom('@daily', '@hourly', '@weekly', '@monthly', '@yearly', '@minutely', '@manually'),
  fc
    .tuple(range(0, 200), fc.constantFrom('ms', 's', 'm', 'h'))
    .map(([n, unit]) => `@every ${n}${unit}`),
  time.map((text) => `@at ${text}`),
  fc.tuple(time, range(1, 90_000)).map(([text, grace]) => `@after ${text} <PT${grace}S`),
);

/** Zones with every kind of clock change, and some without any. */
export const zone = fc.constantFrom(
  '',
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/Havana',
  'America/Asuncion',
  'America/St_Johns',
  'Africa/Cairo',
  'Africa/Monrovia',
  'Asia/Kolkata',
  'Asia/Amman',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Antarctica/Troll',
);

export const instant: fc.Arbitrary<Instant> = fc
  .tuple(range(1_300_000_000, 2_500_000_000), range(0, 999_999_999))
  .map(([seconds, nanos]) => instantFromSeconds(seconds) + BigInt(nanos));

/** Text made of what schedules are made of: mostly nonsense, sometimes not. */
export const scheduleLike: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...' 0 0 1 5 9 12 31 59 60 * * * ? , - / ~ @ . + TZ= CRON_TZ= UTC Europe/Paris @every @at @after @daily 5m 1h -2s'.split(
        ' ',
      ),
      ...'\t|  |L|W|#|mon|JAN|é|𝒶|\u0085|\ufeff|2030-01-01T00:00:00Z|<PT1H|99999999999999999999'.split(
        '|',
      ),
      ' ',
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''));

/** A zone, and a second within two days of a change of its clocks if it has any. */
export const nearChange: fc.Arbitrary<readonly [zone: string, seconds: number]> = fc
  .tuple(zone, range(1_300_000_000, 2_500_000_000), range(-172_800, 172_800))
  .map(([name, seconds, distance]) => {
    const [change] = zoneOf(name).changesBetween(seconds, seconds + 366 * 86_400);
    return [name, (change?.at ?? seconds) + distance];
  });

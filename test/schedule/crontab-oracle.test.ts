/** Imported schedules against cron's and Quartz' own rules, written here once more and by brute force. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importCrontab } from '../../src/schedule/crontab.ts';
import { instantFromMillis, millisFromInstant } from '../../src/schedule/instant.ts';
import { runsBetween } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';

const from = Date.UTC(2027, 11, 1);
/** Over a leap day and the ends of two years. */
const to = Date.UTC(2029, 0, 10);
const day = 86_400_000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether a number is in a field: crontab(5), one item of the list after the other. */
function holds(
  field: string,
  value: number,
  names: readonly string[],
  first: number,
  last: number,
) {
  const number = (atom: string): number => {
    const named = names.indexOf(atom.toLowerCase());
    return named < 0 ? Number.parseInt(atom, 10) : named + first;
  };
  for (const item of field.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [low = '', high] =
      range === '*' || range === '?' ? [`${first}`, `${last}`] : range.split('-');
    const stepped = item.includes('/') && high === undefined;
    const [a, b] = [number(low), stepped ? last : number(high ?? low)];
    if (value >= a && value <= b && (value - a) % Number.parseInt(step, 10) === 0) return true;
  }
  return false;
}

interface Oracle {
  readonly time: (unit: 'second' | 'minute' | 'hour', value: number) => boolean;
  readonly day: (date: Date) => boolean;
}

/** All runs of the days between, in UTC. */
function bruteForce({ time, day: isDay }: Oracle): number[] {
  const range = (count: number) => Array.from({ length: count }, (_, at) => at);
  const hours = range(24).filter((value) => time('hour', value));
  const minutes = range(60).filter((value) => time('minute', value));
  const seconds = range(60).filter((value) => time('second', value));
  const found: number[] = [];
  for (let at = from; at < to; at += day) {
    if (!isDay(new Date(at))) continue;
    for (const h of hours)
      for (const m of minutes)
        for (const s of seconds) found.push(at + ((h * 60 + m) * 60 + s) * 1_000);
  }
  return found;
}

/** cron.c: a day field that begins with a star asks for both days, else one of them is enough. */
function crontab([minute, hour, dom, month, dow]: readonly [
  string,
  string,
  string,
  string,
  string,
]) {
  const oracle: Oracle = {
    time: (unit, value) =>
      unit === 'second'
        ? value === 0
        : unit === 'minute'
          ? holds(minute, value, [], 0, 59)
          : holds(hour, value, [], 0, 23),
    day: (date) => {
      if (!holds(month, date.getUTCMonth() + 1, months, 1, 12)) return false;
      const byDom = holds(dom, date.getUTCDate(), [], 1, 31);
      const weekday = date.getUTCDay();
      const byDow =
        holds(dow, weekday, weekdays, 0, 7) || (weekday === 0 && holds(dow, 7, weekdays, 0, 7));
      return dom.startsWith('*') || dow.startsWith('*') ? byDom && byDow : byDom || byDow;
    },
  };
  return oracle;
}

/** Quartz CronExpression: Sunday is 1, and of the day fields one is a question mark. */
function quartz([second, minute, hour, dom, month, dow]: readonly string[]): Oracle {
  const fields = { second, minute, hour };
  return {
    time: (unit, value) => holds(fields[unit] ?? '', value, [], 0, unit === 'hour' ? 23 : 59),
    day: (date) =>
      holds(month ?? '', date.getUTCMonth() + 1, months, 1, 12) &&
      (dow === '?'
        ? holds(dom ?? '', date.getUTCDate(), [], 1, 31)
        : holds(dow ?? '', date.getUTCDay() + 1, weekdays, 1, 7)),
  };
}

/** `*`, numbers, ranges, steps and lists of them, within these bounds. */
const fieldOf = (min: number, max: number, names: readonly string[] = []): fc.Arbitrary<string> => {
  const atom = fc
    .integer({ min, max })
    .chain((value) => fc.constantFrom(`${value}`, names[value - min] ?? `${value}`));
  const range = fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map((ends) => ends.sort((a, b) => a - b).join('-'));
  const step = fc.integer({ min: 1, max }).map((value) => `/${value}`);
  const item = fc.oneof(
    atom,
    range,
    fc.tuple(range, step).map((parts) => parts.join('')),
    fc.tuple(fc.constant('*'), step).map((parts) => parts.join('')),
  );
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, { weight: 3, arbitrary: list });
};

/** Few of them, or a year has too many runs to compare one by one. */
const few = (max: number) =>
  fc.oneof(
    fc.integer({ min: 0, max }).map(String),
    fc
      .constantFrom('0,0', '59-59', '20-23/2', '*/15,0', '8-10,9')
      .filter((text) => (text.match(/\d+/g) ?? []).every((value) => Number(value) <= max)),
  );

function runsOf(schedule: string): number[] {
  const parsed = parseSchedule(schedule);
  if (!parsed.valid) throw new Error(`${schedule}: ${parsed.error}`);
  const [start, end] = [instantFromMillis(from - 1), instantFromMillis(to - 1)];
  return runsBetween(parsed.schedule, start, end).map(millisFromInstant);
}

describe('an imported schedule runs at the instants of its own cron', () => {
  it('of a crontab', () => {
    const line = fc.tuple(
      few(59),
      few(23),
      fieldOf(1, 31),
      fieldOf(1, 12, months),
      fieldOf(0, 7, weekdays),
    );
    fc.assert(
      fc.property(line, (fields) => {
        const imported = importCrontab(fields.join(' '), instantFromMillis(from));
        if (imported.kind === 'offer')
          expect(runsOf(imported.schedule)).toEqual(bruteForce(crontab(fields)));
        // Dkron cannot ask for both days, and nothing else of a crontab is refused.
        else
          expect(imported).toMatchObject({
            kind: 'none',
            reason: expect.stringContaining('match both day fields'),
          });
      }),
      { numRuns: 300 },
    );
  });

  it('of a Quartz job', () => {
    const days = fc.oneof(
      fieldOf(1, 31).map((dom) => [dom, '?'] as const),
      fieldOf(1, 7, weekdays).map((dow) => ['?', dow] as const),
    );
    const fields = fc
      .tuple(few(59), few(59), few(23), days, fieldOf(1, 12, months))
      .map(([second, minute, hour, [dom, dow], month]) => [second, minute, hour, dom, month, dow]);
    fc.assert(
      fc.property(fields, (six) => {
        const imported = importCrontab(`${six.join(' ')} *`, instantFromMillis(from));
        expect(imported.kind).toBe('offer');
        if (imported.kind === 'offer')
          expect(runsOf(imported.schedule)).toEqual(bruteForce(quartz(six)));
      }),
      { numRuns: 300 },
    );
  });
});

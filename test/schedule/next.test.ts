import { describe, expect, it } from 'vitest';
import { rfc3339FromInstant } from '../../src/schedule/instant.ts';
import { apiNext, nextRun, nextRuns, runsBetween } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { moment, scheduleOf } from './moment.ts';
import { afterVectors, apiNextVectors, publicVectors, type Vector } from './vectors.ts';

function answer({ schedule, name, timezone, from }: Vector) {
  const parsed = parseSchedule(schedule, { name, timezone });
  if (!parsed.valid)
    return { valid: false, error: parsed.panics ? 'panic' : parsed.error, next: [] };
  const next = nextRuns(parsed.schedule, moment(from), 5).map((run) => rfc3339FromInstant(run));
  return { valid: true, error: null, next };
}

const expected = ({ valid, error, next }: Vector) => ({
  valid,
  error: error?.startsWith('panic: ') ? 'panic' : error,
  next: next.map((run) => rfc3339FromInstant(moment(run))),
});

describe('the vectors of the real code', () => {
  it.each([
    ['public', publicVectors],
    ['after', afterVectors],
  ])('%s: errors and runs', (_name, vectors) => {
    const wrong = vectors
      .map((vector) => ({ vector, got: answer(vector), want: expected(vector) }))
      .filter(({ got, want }) => JSON.stringify(got) !== JSON.stringify(want));
    expect(wrong).toEqual([]);
  });

  it('effective schedules, and the `next` of the API after creation', () => {
    const wrong = apiNextVectors.filter(({ schedule, name, timezone, from, ...want }) => {
      const next = apiNext(schedule, moment(from), { name, timezone });
      const stored = next === null ? '0001-01-01T00:00:00Z' : rfc3339FromInstant(next);
      const parsed = parseSchedule(schedule, { name, timezone });
      return parsed.effective !== want.effective || moment(stored) !== moment(want.apiNext);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the next run', () => {
  it('is null where there is none', () => {
    const now = moment('2026-01-01T00:00:00Z');
    for (const spec of ['@manually', '0 0 0 30 2 *', ', * * * * *', '@at 2020-01-01T00:00:00Z'])
      expect(nextRun(scheduleOf(spec), now), spec).toBeNull();
  });

  it('is found in the server’s own zone where nobody named another', () => {
    const serverTimezone = 'Asia/Tokyo';
    const now = moment('2026-01-01T00:00:00Z');
    for (const [spec, timezone, run] of [
      ['0 0 12 * * *', '', '2026-01-01T03:00:00Z'],
      ['@midnight', 'Europe/Paris', '2026-01-01T15:00:00Z'],
      ['TZ=Local 0 0 12 * * *', '', '2026-01-01T03:00:00Z'],
      ['0 0 12 * * *', 'Local', '2026-01-01T03:00:00Z'],
      ['0 0 12 * * *', 'Europe/Paris', '2026-01-01T11:00:00Z'],
    ] as const)
      expect(nextRun(scheduleOf(spec, { timezone, serverTimezone }), now), spec).toBe(moment(run));
  });

  it('is given up where robfig would search for ever', () => {
    // Apia had no 2011-12-30.
    const apia = scheduleOf('0 0 12 31 12 *', { timezone: 'Pacific/Apia' });
    expect(nextRun(apia, moment('2011-12-29T00:00:00Z'))).toBeNull();
  });

  it('ends a list where the next would not be later', () => {
    const chatham = scheduleOf('59 52 */3 * * ?', { timezone: 'Pacific/Chatham' });
    expect(nextRuns(chatham, moment('2015-04-04T14:07:59Z'), 3)).toEqual([]);
  });
});

describe('runs between two moments', () => {
  const hourly = scheduleOf('@hourly');
  const [from, to] = [moment('2026-01-01T00:00:00Z'), moment('2026-01-01T03:00:00Z')];

  it('are after the first, up to and including the last', () => {
    expect(runsBetween(hourly, from, to).map((run) => rfc3339FromInstant(run))).toEqual([
      '2026-01-01T01:00:00Z',
      '2026-01-01T02:00:00Z',
      '2026-01-01T03:00:00Z',
    ]);
  });

  it('are no more than the limit', () => {
    expect(runsBetween(hourly, from, to, 2)).toHaveLength(2);
  });
});

it('the API shows a future starts_at as the next run', () => {
  const [now, startsAt] = [moment('2026-01-01T00:00:00Z'), moment('2026-01-02T00:00:00Z')];
  expect(apiNext('@hourly', now, { startsAt })).toBe(startsAt);
  expect(apiNext('@hourly', startsAt, { startsAt: now })).toBe(moment('2026-01-02T01:00:00Z'));
});

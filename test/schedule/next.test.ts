import { describe, expect, it } from 'vitest';
import { instantFromRfc3339, rfc3339FromInstant } from '../../src/schedule/instant.ts';
import { apiNext, nextRuns } from '../../src/schedule/next.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { afterVectors, apiNextVectors, publicVectors, type Vector } from './vectors.ts';

const moment = (text: string): bigint => {
  const instant = instantFromRfc3339(text);
  if (instant === undefined) throw new Error(`not a time: ${text}`);
  return instant;
};

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

import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { Execution } from '../../src/dkron/shapes.ts';
import { incidentOf } from '../../src/why/incident.ts';
import { anExecution } from '../support/jobs.ts';

const start = Date.UTC(2026, 10, 21, 14);
const at = (minute: number): number => start + minute * 60_000;
const iso = (minute: number, second = 0): string =>
  new Date(at(minute) + second * 1_000).toISOString();

/** A run of the firing of that minute. */
const aRun = (minute: number, success: boolean, fields: Partial<Execution> = {}): Execution =>
  anExecution({
    id: `${minute}-${fields.node_name ?? 'n1'}-${fields.attempt ?? 1}`,
    started_at: iso(minute),
    finished_at: iso(minute, 2),
    group: String(minute + 1),
    success,
    ...fields,
  });
const good = (minute: number) => aRun(minute, true);
const bad = (minute: number) => aRun(minute, false);

it.each([
  [
    'it fails still',
    [good(1), bad(2), bad(3)],
    { since: at(2), exact: true, lastGood: at(1), failures: 2, until: null },
  ],
  [
    'it went well again',
    [good(1), bad(2), good(3)],
    { since: at(2), exact: true, lastGood: at(1), failures: 1, until: at(3) },
  ],
  [
    'the newest counts',
    [bad(1), good(2), bad(3)],
    { since: at(3), exact: true, lastGood: at(2), failures: 1, until: null },
  ],
  [
    'no good run is kept',
    [bad(1), bad(2)],
    { since: at(1), exact: true, lastGood: null, failures: 2, until: null },
  ],
  [
    'a later attempt went well',
    [
      good(1),
      aRun(2, false),
      aRun(2, true, { attempt: 2, started_at: iso(2, 5), finished_at: iso(2, 9) }),
      bad(3),
    ],
    { since: at(3), exact: true, lastGood: at(2), failures: 1, until: null },
  ],
  [
    'one node of two failed',
    [good(1), aRun(2, true), aRun(2, false, { node_name: 'n2' })],
    { since: at(2), exact: true, lastGood: at(1), failures: 1, until: null },
  ],
  [
    'a run has no end yet',
    [good(1), bad(2), aRun(3, false, { finished_at: '0001-01-01T00:00:00Z' })],
    { since: at(2), exact: true, lastGood: at(1), failures: 1, until: null },
  ],
  [
    'no groups, as before 2.0',
    [good(1), bad(2), bad(3)].map((run) => ({ ...run, group: '0' })),
    { since: at(2), exact: true, lastGood: at(1), failures: 2, until: null },
  ],
])('%s', (_, runs, incident) => {
  expect(incidentOf(runs, null)).toEqual(incident);
  expect(incidentOf(runs.toReversed(), null)).toEqual(incident);
});

it('the job itself remembers the last good run longer than Dkron keeps runs', () => {
  expect(incidentOf([bad(5)], at(1))).toMatchObject({ lastGood: at(1), exact: false });
  expect(incidentOf([bad(5), good(6)], at(6))).toMatchObject({ lastGood: null, until: at(6) });
});

it('may have begun before what Dkron keeps', () => {
  const runs = Array.from({ length: 100 }, (_, minute) => bad(minute));
  expect(incidentOf(runs, null)).toMatchObject({ since: at(0), exact: false, failures: 100 });
  expect(incidentOf(runs.slice(1), null)).toMatchObject({ since: at(1), exact: true });
  expect(incidentOf([good(0), ...runs.slice(1)], null)).toMatchObject({ exact: true });
});

it.each([
  [[], 'Dkron keeps no run of it'],
  [[aRun(1, false, { finished_at: '0001-01-01T00:00:00Z' })], 'no run of it has ended yet'],
  [[good(1)], 'the one run that Dkron keeps went well'],
  [[good(1), good(2)], 'none of the last 2 firings failed'],
])('nothing to explain: %#', (runs, why) => {
  expect(incidentOf(runs, null)).toEqual({ why });
});

test('all between the last good firing and the end of the incident failed', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (outcomes) => {
      const runs = outcomes.map((success, minute) => aRun(minute, success));
      const found = incidentOf(runs, null);
      if ('why' in found) {
        expect(outcomes).not.toContain(false);
        return;
      }
      const first = (found.since - start) / 60_000;
      const end = found.until === null ? outcomes.length : (found.until - start) / 60_000;
      expect(outcomes.slice(first, end)).toEqual(Array(found.failures).fill(false));
      expect(outcomes[first - 1]).not.toBe(false);
      expect(outcomes.slice(end)).not.toContain(false);
      expect(found.lastGood).toBe(first === 0 ? null : at(first - 1));
    }),
  );
});

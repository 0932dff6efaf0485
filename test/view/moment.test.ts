import { expect, test } from 'vitest';
import { momentOf } from '../../src/view/moment.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const paris = 'Europe/Paris';

test.each([
  ['2026-11-21T10:30:00Z', 'UTC', '2026-11-21T10:30:00.000Z'],
  ['2026-11-21T10:30:00+01:00', 'UTC', '2026-11-21T09:30:00.000Z'],
  ['2026-11-21 10:30', paris, '2026-11-21T09:30:00.000Z'],
  ['2026-11-21T10:30:15', paris, '2026-11-21T09:30:15.000Z'],
  ['2026-11-20', paris, '2026-11-19T23:00:00.000Z'],
  ['10:30', paris, '2026-11-21T09:30:00.000Z'],
  ['10:30:05', 'UTC', '2026-11-21T10:30:05.000Z'],
  // The last time that the clock showed it was yesterday.
  ['14:00', paris, '2026-11-20T13:00:00.000Z'],
  ['12:00', 'UTC', '2026-11-21T12:00:00.000Z'],
  // There twice, and not at all.
  ['2026-10-25 02:30', paris, '2026-10-25T00:30:00.000Z'],
  ['2026-03-29 02:30', paris, '2026-03-29T01:30:00.000Z'],
  ['2h ago', paris, '2026-11-21T10:00:00.000Z'],
  ['1d 12h ago', paris, '2026-11-20T00:00:00.000Z'],
  ['1w30m ago', paris, '2026-11-14T11:30:00.000Z'],
  [' 90 s ago ', paris, '2026-11-21T11:58:30.000Z'],
])('%s in %s is %s', (text, zone, at) => {
  expect(new Date(momentOf(text, now, zone)!).toISOString()).toBe(at);
});

test.each([
  '',
  'yesterday',
  '2h',
  'ago',
  '25:00',
  '2026-02-30',
  '2026-02-30 10:00',
  '10',
  '1y ago',
])('%j is no moment', (text) => {
  expect(momentOf(text, now, paris)).toBeNull();
});

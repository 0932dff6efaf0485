import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import type { Finding } from '../../../src/job/lint/finding.ts';
import { listedFindings } from '../../../src/job/lint/listed.ts';
import { readTable } from '../../../src/job/ttl/table.ts';
import { instantFromMillis } from '../../../src/schedule/index.ts';
import { aJob } from '../../support/jobs.ts';

const now = instantFromMillis(Date.parse('2026-11-26T10:00:00Z'));

function ttlsOf(soft: string, hard: string) {
  const columns = { match: { job: 'name' }, soft: 'soft', hard: 'hard', unit: 'min' } as const;
  const table = readTable(`job,soft,hard\nrefresh,${soft},${hard}\n`, columns);
  if ('problem' in table) throw new Error(table.problem);
  return table;
}

function found(soft: string, hard: string, job: Partial<Job>, ...others: Job[]): Finding[] {
  const around = {
    now,
    ttls: ttlsOf(soft, hard),
    jobs: new Map(others.map((one) => [one.name, one])),
  };
  return listedFindings(aJob({ name: 'refresh', ...job }), around, new Map()).filter(({ rule }) =>
    rule.startsWith('ttl-'),
  );
}

describe('a job and its TTL', () => {
  it('says the sum in words, and what to write', () => {
    expect(found('20', '', { schedule: '0 */15 * * * *' })).toEqual([
      {
        rule: 'ttl-soft',
        level: 'warning',
        path: 'schedule',
        text: 'it runs every 15m, and the soft TTL is 20m: it should run every 10m at least',
        fix: '0 */10 * * * *',
      },
    ]);
  });

  it.each([
    ['20', '40', '0 */15 * * * *', null],
    ['20', '30', '0 */15 * * * *', 'ttl-soft'],
    ['30', '30', '0 */15 * * * *', null],
    ['', '', '0 0 0 1 1 *', null],
    ['10', '14', '0 */15 * * * *', 'ttl-hard'],
    ['60', '', '@every 30m', null],
    ['60', '', '@every 31m', 'ttl-soft'],
    ['60', '', '@manually', 'ttl-hard'],
    ['60', '', 'nonsense', null],
  ])('soft %s, hard %s, %s: %s', (soft, hard, schedule, rule) => {
    expect(found(soft, hard, { schedule })[0]?.rule ?? null).toBe(rule);
  });

  it('counts the longest pause, which may be a night, and says when it begins', () => {
    const [night] = found('60', '', { schedule: '0 */15 6-21 * * *', timezone: 'Europe/Paris' });
    expect(night).toMatchObject({ rule: 'ttl-soft' });
    // The night in which clocks go back.
    expect(night?.text).toContain('it pauses for up to 9h15m (from 2027-10-30 21:45)');
    expect(night).not.toHaveProperty('fix');
  });

  it('says of a hard TTL what users see', () => {
    const [hard] = found('60', '30', { schedule: '0 5 * * * *' });
    expect(hard?.text).toBe(
      'it runs every 1h, and the hard TTL is 30m: users see nothing until it runs again; it should run every 30m at least',
    );
    expect(hard?.fix).toBe('0 5/30 * * * *');
  });

  it('of a child is that of the first of its family', () => {
    const root = aJob({ name: 'root', schedule: '0 */15 * * * *' });
    const middle = aJob({ name: 'middle', schedule: '', parent_job: 'root' });
    const child = { schedule: '', parent_job: 'middle' };
    expect(found('20', '', child, root, middle)).toMatchObject(
      [
        { rule: 'ttl-soft', path: 'parent_job', text: /^it runs after root, which runs every 15m/ },
      ].map(({ text, ...rest }) => ({ ...rest, text: expect.stringMatching(text) })),
    );
    expect(found('20', '', child, middle)).toEqual([]);
    expect(found('20', '', child, { ...root, parent_job: 'middle' }, middle)).toEqual([]);
  });

  it('counts for nothing in a job that is disabled, or in no row', () => {
    expect(found('20', '5', { disabled: true, last_success: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(found('1', '1', { name: 'another' })).toEqual([]);
  });

  it.each([
    ['2026-11-26T09:50:00Z', false],
    ['2026-11-26T09:49:59Z', true],
    [null, false],
  ])('whose last success was %s shows nothing now: %s', (last_success, stale) => {
    const rules = found('', '10', { last_success }).map(({ rule }) => rule);
    expect(rules.includes('ttl-stale')).toBe(stale);
  });
});

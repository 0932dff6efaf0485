import { describe, expect, it } from 'vitest';
import { asKept } from '../../src/cluster/last-seen.ts';
import { firstFrame } from '../../src/console/first-frame.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import type { State } from '../../src/console/state/model.ts';
import { lineText } from '../../src/view/line.ts';
import { aJob } from '../support/jobs.ts';
import { now, refreshed, started, told } from './states.ts';

const secret = 'SECRET';
const jobs = Array.from({ length: 60 }, (_, at) =>
  aJob({
    name: `job-${String(at).padStart(2, '0')}${at % 7 === 0 ? '-漢字' : ''}`,
    schedule: at % 3 === 0 ? '@every 1m' : '0 */5 * * * *',
    status: at % 4 === 0 ? 'failed' : 'success',
    disabled: at % 9 === 0,
    success_count: at,
    error_count: at % 4,
    last_success: '2026-11-21T14:00:00Z',
    next: '2026-11-21T14:35:00Z',
    executor: 'http',
    executor_config: { url: `http://x/${secret}`, headers: `["X: ${secret}"]`, body: secret },
    tags: { role: secret },
    metadata: { note: secret },
  }),
);
const seen = { at: now - 3 * 3_600_000, count: 4_000, jobs: asKept(jobs) };

/** What the console shows of the same rows once it is there. */
const later = (start: ReturnType<typeof started>) =>
  frameOf(
    told(start, {
      type: 'arriving',
      jobs: seen.jobs.map((job) => ({ text: '', job })),
      seenAt: seen.at,
      earlier: { count: seen.count, of: 'n1' },
    }),
  ).lines;

describe.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 50 },
  { columns: 40, rows: 10 },
])('the frame that the next console begins with, $columns×$rows', (size) => {
  const start = { ...started(), ...size };
  const lines = firstFrame(start, seen, 'n1').map(lineText);
  const then = later(start).map(lineText);

  it('has the rows where they will be, but for the cursor and for ages', () => {
    expect(lines).toHaveLength(size.rows);
    const beforePane = (line: string): string => line.replace(/│.*$/, '');
    expect(lines.slice(1, 3).map(beforePane)).toEqual(then.slice(1, 3).map(beforePane));
    expect(lines.at(-1)).toBe(then.at(-1));
    const titles = then[2]!;
    const ages = ['NEXT', 'LAST'].flatMap((title) => {
      const end = titles.indexOf(title) + title.length;
      return end < title.length ? [] : [{ from: end - 7, to: end }];
    });
    /** What stands under the ages of a row, and the row without them, the cursor and the pane. */
    const parts = (line: string): { ages: string; others: string } => {
      const cells = [...line.replace(/^▌/, ' ').replace(/│.*$/, '')];
      // Each of them takes two cells.
      const wide = cells.filter((letter) => /[漢字]/.test(letter)).length;
      const under = ages.map(({ from, to }) =>
        cells.splice(from - wide, to - from, ...'·'.repeat(to - from)),
      );
      return { ages: under.flat().join('').trim(), others: cells.join('').trimEnd() };
    };
    const table = (all: readonly string[]) =>
      all
        .slice(3, -1)
        .filter((line) => /^[▌ ] {2}job-\d/.test(line))
        .map(parts);
    expect(table(lines).length).toBeGreaterThan(1);
    expect(table(lines).map(({ others }) => others)).toEqual(
      table(then).map(({ others }) => others),
    );
    for (const row of table(lines)) expect(row.ages).toBe('');
    if (size.columns >= 80) for (const row of table(then)) expect(row.ages).not.toBe('');
  });

  it('says what it is, from when, and nothing that only a job has', () => {
    const text = lines.join('\n');
    expect(text).toMatch(size.columns < 60 ? /reading $/m : /from 2026-11-21 11:31 $/m);
    expect(text).toContain('as they w');
    expect(text).not.toMatch(/\bold\b|▌/);
    expect(text).not.toContain(secret);
  });
});

describe('the keys at the bottom while a console begins', () => {
  const start: State = { ...started(), cluster: { kind: 'unknown' }, columns: 120, rows: 36 };
  const [, first] = jobs;
  const live = refreshed([{ ...first, executor_config: { body: '{}' } }]);
  const rows = {
    type: 'arriving',
    jobs: seen.jobs.slice(1).map((job) => ({ text: '', job })),
    seenAt: seen.at,
    earlier: { count: 1, of: 'n1' },
  } as const;
  const keys = (state: State): string => lineText(frameOf(state).lines.at(-1)!);

  it('stand there from the first frame on, and stay', () => {
    const kept = firstFrame(start, { ...seen, jobs: seen.jobs.slice(1) }, 'n1');
    const then = told(start, live, { type: 'recognised', cluster: { kind: 'known', name: 'n1' } });
    expect(keys(then)).toContain('schedule');
    for (const before of [told(start, rows), told(start, rows, live), told(start, live)])
      expect(keys(before)).toBe(keys(then));
    expect(lineText(kept.at(-1)!)).toBe(keys(then));
  });

  it('are fewer where something is in the way', () => {
    const lost = { type: 'lost', trouble: 'refused', reason: 'x', now, retryAt: now + 9 } as const;
    for (const state of [
      told(start, rows, lost),
      told(start, rows, { type: 'forward', forward: { kind: 'down', text: 'x', retryAt: now } }),
      { ...told(start, rows, live), cluster: { kind: 'unsure', name: 'n1' } } as State,
    ])
      expect(keys(state)).not.toContain('schedule');
  });
});

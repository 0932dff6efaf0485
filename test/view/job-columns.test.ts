import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idle } from '../../src/job/status.ts';
import { width } from '../../src/terminal/cell.ts';
import { columns, rowOf, statusSpan } from '../../src/view/job-columns.ts';
import { mostSkipped, placeColumns } from '../../src/view/place-columns.ts';
import { aJob } from '../support/jobs.ts';

/** The cursor and the mark stand before the first column, two cells between any two. */
const total = (placed: ReturnType<typeof placeColumns>): number =>
  3 + placed.reduce((sum, column) => sum + column.width, 0) + 2 * (placed.length - 1);

const anyWidth = fc.integer({ min: 40, max: 250 });
const anyName = fc.nat({ max: 300 });

describe('placeColumns', () => {
  it('never takes more than the table has, whatever the names are', () => {
    fc.assert(
      fc.property(anyWidth, anyName, (wide, longest) => {
        const placed = placeColumns(wide, longest);
        expect(total(placed)).toBeLessThanOrEqual(wide);
        for (const column of placed) expect(column.width).toBeGreaterThan(0);
      }),
    );
  });

  it('never leaves the names fewer cells than make them out', () => {
    fc.assert(
      fc.property(anyWidth, anyName, (wide, longest) => {
        const name = placeColumns(wide, longest).find(({ column }) => column.id === 'name');
        expect(name?.width).toBeGreaterThanOrEqual(12);
      }),
    );
  });

  it('shows more columns, never fewer, in a wider table', () => {
    fc.assert(
      fc.property(anyWidth, anyName, (wide, longest) => {
        expect(placeColumns(wide + 1, longest).length).toBeGreaterThanOrEqual(
          placeColumns(wide, longest).length,
        );
      }),
    );
  });

  it('keeps room at 80 columns for the commonest schedules, however long the names are', () => {
    for (const longest of [5, 20, 300]) {
      const placed = placeColumns(80, longest);
      const { width: cells } = placed.find(({ column }) => column.id === 'schedule')!;
      for (const schedule of ['0 */20 * * * *', '0 30 2 * * MON', '@every 1h30m', '@manually'])
        expect(schedule.length).toBeLessThanOrEqual(cells);
      expect(placed[0]!.width).toBeGreaterThanOrEqual(Math.min(longest, 28));
    }
  });

  it('brings every column into sight sideways, beside the name, in any width', () => {
    fc.assert(
      fc.property(anyWidth, anyName, (wide, longest) => {
        const most = mostSkipped(wide, longest);
        const seen = new Set<string>();
        for (let skipped = 0; skipped <= most; skipped++) {
          const placed = placeColumns(wide, longest, skipped);
          expect(total(placed)).toBeLessThanOrEqual(wide);
          expect(placed[0]!.column.id).toBe('name');
          for (const { column, width: cells } of placed) {
            expect(cells).toBeGreaterThan(0);
            seen.add(column.id);
          }
        }
        expect([...seen].sort()).toEqual(columns.map(({ id }) => id).sort());
      }),
    );
  });

  it('keeps room for every title and its arrow', () => {
    for (let wide = 40; wide <= 250; wide++)
      for (const { column, width: cells } of placeColumns(wide, 20))
        expect(`${column.title} ▲`.length, `${column.id} at ${wide}`).toBeLessThanOrEqual(cells);
  });
});

describe('cells', () => {
  const now = Date.UTC(2026, 10, 21, 14);
  const cellOf = (id: string, ...row: Parameters<typeof rowOf>) =>
    columns.find((column) => column.id === id)!.cell(rowOf(...row));
  const running = { running: true, trouble: null };
  const job = aJob({
    status: 'failed',
    last_error: '2026-11-21T04:01:00Z',
    success_count: 44102,
    error_count: 19,
  });

  it('fit their columns at their longest', () => {
    const at = { kind: 'at', at: now + 9 * 3_600_000 + 59 * 60_000 } as const;
    for (const { id, width: cells } of columns.filter(({ width }) => width > 0)) {
      if (['executor', 'zone', 'owner', 'tags'].includes(id)) continue;
      expect(width(cellOf(id, job, idle, at, now, 0).text), id).toBeLessThanOrEqual(cells);
    }
    const all = ['stuck', 'nowhere', 'late', 'missed', 'overdue'] as const;
    const stored = ['success', 'partially_failed', 'running', 'disabled', 'never'] as const;
    for (const status of [...all, ...stored])
      expect(width(statusSpan(status).text)).toBeLessThanOrEqual(10);
  });

  it('say what is wrong by word and glyph, not by tone alone', () => {
    expect(cellOf('status', job, idle, { kind: 'never' }, now, 0).text).toBe('✗ failed');
    expect(cellOf('last', job, idle, { kind: 'never' }, now, 0).text).toBe('9h 59m ✗');
    expect(cellOf('next', job, idle, { kind: 'invalid' }, now, 0).text).toBe('invalid');
    expect(cellOf('last', job, running, { kind: 'never' }, now, 0).text).toBe('now ▸');
    const late = { running: true, trouble: 'late' } as const;
    expect(cellOf('status', job, late, { kind: 'never' }, now, 0).text).toBe('! late');
    expect(cellOf('last', job, late, { kind: 'never' }, now, 0).text).toBe('now ▸');
  });

  it('draw a child below its parent, a step to the right for each generation', () => {
    const name = (depth: number) => cellOf('name', job, idle, { kind: 'after' }, now, depth).text;
    expect([name(0), name(1), name(2)]).toEqual(['refresh', '└ refresh', '  └ refresh']);
  });

  it('show whom a child waits for instead of its schedule', () => {
    const child = aJob({ parent_job: 'etl-root', schedule: '' });
    expect(cellOf('schedule', child, idle, { kind: 'after' }, now, 1).text).toBe('after etl-root');
  });
});

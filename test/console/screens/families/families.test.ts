import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { inside, linesOf, press, refreshed, showing, told } from '../../states.ts';

const kin = [
  { name: 'alone' },
  {
    name: 'root',
    schedule: '@daily',
    dependent_jobs: ['load', 'gone', 'index'],
    status: 'success',
  },
  { name: 'load', parent_job: 'root', dependent_jobs: ['mail'], schedule: '' },
  { name: 'mail', parent_job: 'load', schedule: '' },
  { name: 'index', parent_job: 'root', schedule: '' },
  { name: 'zones', schedule: '@hourly', dependent_jobs: ['zones-index'] },
  { name: 'zones-index', parent_job: 'zones', schedule: '' },
];
/** Rows of the tree as they stand, without the line below that tells of one. */
const tree = (state: State, columns = 120): string[] =>
  linesOf(state, { columns })
    .slice(3, -3)
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
const shown = press(showing(kin), 'T');

describe('the families', () => {
  it('stand as a tree, with what does not run when one fails', () => {
    expect(linesOf(shown)[1]).toContain('Families  2 families · 2 broken links');
    const rows = tree(shown);
    expect(rows.map((row) => row.slice(0, 14).trimEnd())).toEqual([
      '▾ root',
      '├ ▾ load',
      '│ └ mail',
      '├ gone',
      '└ index',
      '▾ zones',
      '└ zones-index',
    ]);
    expect(rows[0]).toMatch(/✓ success .* 2 jobs below do not run$/);
    expect(rows[3]).toMatch(/✗ missing .*! root lists it, and it does not exist/);
    expect(rows[4]).toContain('it does not run: gone, listed before it, does not exist');
  });

  it('tell below in full what their place is too narrow for', () => {
    const lines = linesOf(press(shown, 'j', 'j', 'j'), { columns: 80 });
    expect(lines.slice(-3).join(' ').replace(/\s+/g, ' ')).toContain(
      'gone: ! root lists it, and it does not exist: what is listed behind it does not run',
    );
    expect(linesOf(shown, { columns: 80 }).at(-3)).toBe(
      ' root, if it fails: 2 jobs below do not run',
    );
  });

  it('are that of the job under the cursor where it has one, and all at a key', () => {
    const one = press(showing(kin), 'j', 'j', 'j', 'T');
    expect(topScreen(one)).toMatchObject({ kind: 'families', of: 'load', cursor: { key: 'load' } });
    expect(tree(one).map((row) => row.slice(0, 12).trimEnd())).toHaveLength(5);
    expect(tree(press(one, 'a'))).toHaveLength(7);
    expect(topScreen(press(one, 'a'))).toMatchObject({ cursor: { key: 'load' } });
    expect(topScreen(press(one, 'a', 'a'))).toMatchObject({ of: 'load' });
  });

  it('fold what is below a job, and open it again', () => {
    const closed = press(shown, 'o');
    expect(tree(closed).map((row) => row.slice(0, 14).trimEnd())).toEqual([
      '▸ root',
      '▾ zones',
      '└ zones-index',
    ]);
    expect(tree(press(closed, 'o'))).toEqual(tree(shown));
    expect(press(shown, 'G', 'o').flash?.text).toContain('nothing is below it');
  });

  it('open a job, and say of one that does not exist who lists it', () => {
    expect(topScreen(press(shown, 'j', 'enter'))).toMatchObject({ kind: 'job', job: 'load' });
    const phantom = press(shown, 'j', 'j', 'j', 'enter');
    expect(topScreen(phantom).kind).toBe('families');
    expect(phantom.flash?.text).toBe('gone does not exist: root lists it');
  });

  it('move no cursor when they are read again, and follow what changed', () => {
    const at = press(shown, 'j', 'j');
    const others = kin.filter(({ name }) => name !== 'index');
    const mended = others.map((job) =>
      job.name === 'root' ? { ...job, dependent_jobs: ['load'] } : job,
    );
    const after = told(at, refreshed(mended));
    expect(topScreen(after)).toMatchObject({ cursor: { key: 'mail' } });
    expect(linesOf(after)[1]).not.toContain('broken');
  });

  it('are there inside a snapshot too', () => {
    expect(topScreen(press(inside(kin), 'T')).kind).toBe('families');
  });

  it('are none where nobody has kin', () => {
    expect(linesOf(press(showing([{ name: 'a' }]), 'T')).join('\n')).toContain(
      'No job has a parent or children.',
    );
  });
});

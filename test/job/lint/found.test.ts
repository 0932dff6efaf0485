import { describe, expect, it } from 'vitest';
import { filterBy } from '../../../src/job/filter-language.ts';
import { error, note, warning } from '../../../src/job/lint/finding.ts';
import {
  countLevels,
  type Found,
  foundFilter,
  inOrder,
  isAtLeast,
  levelsText,
  mended,
} from '../../../src/job/lint/found.ts';
import { aJob } from '../../support/jobs.ts';

const found: readonly Found[] = [
  { job: 'b', finding: note('phase', 'schedule', 'begins anew') },
  { job: 'b', finding: warning('never', 'schedule', 'never runs') },
  { job: 'a', finding: warning('zone-ignored', 'schedule', 'by the clock', '0 0 0 * * *') },
  { job: 'a', finding: warning('never', 'schedule', 'never runs') },
  { job: 'c', finding: error('name', 'name', 'is none', 'd') },
];

it('the worst stands first, then what is alike, by names', () => {
  expect(inOrder(found).map(({ job, finding }) => `${finding.rule} ${job}`)).toEqual([
    'name c',
    'never a',
    'never b',
    'zone-ignored a',
    'phase b',
  ]);
  expect(levelsText(countLevels(found))).toBe('1 error, 3 warnings, 1 note');
  expect(isAtLeast('error', 'warning')).toBe(true);
  expect(isAtLeast('note', 'warning')).toBe(false);
});

it.each([
  ['level:w', 3],
  ['rule:never', 2],
  ['fix:yes', 1],
  ['fix:no !level:note', 3],
  ['clock', 1],
  ['clock !never', 1],
])('%s lets %i through', (words, count) => {
  // A name cannot be mended in its place: it is no fix.
  expect(found.filter(filterBy(words, foundFilter))).toHaveLength(count);
});

describe('mending', () => {
  const job = aJob({ schedule: '@daily', timezone: 'Asia/Tokyo' });

  it('writes the fix in the place of what is wrong', () => {
    expect(mended(job, [found[2]!.finding])).toEqual({ ...job, schedule: '0 0 0 * * *' });
  });

  it('leaves alone what has no fix, and a name', () => {
    expect(mended(job, [found[0]!.finding, found[4]!.finding])).toBeNull();
  });
});

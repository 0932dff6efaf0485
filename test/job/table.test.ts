import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobText } from '../../src/job/job.ts';
import type { JobTable } from '../../src/job/table.ts';
import { tableOf } from '../../src/job/table.ts';
import { aJob } from '../support/jobs.ts';

const names = ['a', 'b', 'c', 'd'];
const text = (name: string, run: number): JobText => ({
  text: '',
  job: aJob({ name, success_count: run }),
});

/** By what its rows are, whatever it was made of. */
const changedBy = (before: JobTable, now: JobTable): number[] =>
  now.rows.flatMap((row, place) => (before.rows[place] === row ? [] : [place]));

it('a table knows what it has otherwise than another one, made of that or not', () => {
  const one = fc.tuple(fc.constantFrom(...names), fc.nat({ max: 3 }));
  const steps = fc.array(fc.array(one, { maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(steps, (some) => {
      const tables = [tableOf(names.slice(0, 3).map((name) => text(name, 0)))];
      const [first] = tables;
      // Some of the rows that come are those of the first table again.
      for (const step of some)
        tables.push(
          tables
            .at(-1)!
            .with(step.map(([name, run]) => (run === 0 && first!.get(name)) || text(name, run))),
        );
      for (const before of tables)
        for (const now of tables) {
          const changed = now.changedSince(before)?.toSorted() ?? null;
          expect(changed).toEqual(before.places === now.places ? changedBy(before, now) : null);
          const others = now.rows.filter((row) => before.get(row.name) !== row);
          expect(new Set(now.othersThan(before))).toEqual(
            new Set(others.map((row) => [row, before.get(row.name)])),
          );
        }
    }),
  );
});

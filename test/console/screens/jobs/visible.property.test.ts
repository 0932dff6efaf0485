import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countsOf } from '../../../../src/console/screens/jobs/counts.ts';
import { visibleOf } from '../../../../src/console/screens/jobs/visible.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { standingsIn } from '../../../../src/console/state/standings.ts';
import type { Job } from '../../../../src/job/job.ts';
import { jobStatus, standingOf, type Trouble } from '../../../../src/job/status.ts';
import { type JobTable, tableOf } from '../../../../src/job/table.ts';
import { columns } from '../../../../src/view/job-columns.ts';
import { aJob, anExecution, textOf } from '../../../support/jobs.ts';
import { started } from '../../states.ts';
import { plainVisible } from './plain-visible.ts';

const names = ['a', 'B', 'b', 'ab', 'abc', 'Ä', '日本', 'stat', 'status', 'z-9', '𝒳', 'x', ''];
const someTime = fc.constantFrom(null, '2026-11-21T14:00:00Z', '2026-11-21T15:00:00.5Z');

const jobOf = fc.record({
  displayname: fc.constantFrom('', 'Stations AB', 'A', 'ß', 'status:', 'a\nB\0z', 'ΑΣ'),
  schedule: fc.constantFrom(
    '@every 1h',
    '0 0 * * * *',
    '@at 2026-11-21T15:30:00Z',
    'nonsense',
    '@daily',
  ),
  disabled: fc.boolean(),
  status: fc.constantFrom('', 'success', 'failed', 'partially_failed'),
  last_success: someTime,
  last_error: someTime,
  error_count: fc.nat({ max: 2 }),
  owner: fc.constantFrom('', 'Ops', 'ab'),
  tags: fc.constantFrom(null, { role: 'Web' }, { role: 'web:1', Abc: 'a' }),
  metadata: fc.constantFrom(null, { partner: 'keolis' }),
  executor_config: fc.constantFrom(null, { body: 'Ab "status"' }),
  parent_job: fc.constantFrom('', '', ...names),
});

type Step = (before: State) => State;

const withTable = (state: State, byName: JobTable, at = state.jobs.at): State => ({
  ...state,
  jobs: { ...state.jobs, byName, at },
});
const entry = (name: string, fields: Partial<Job>) => textOf(aJob({ ...fields, name }));

const typed = fc.constantFrom(...'abxzstatus:!" =rolemetabodyweb1');

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom(...names), jobOf).map(
    ([name, fields]): Step =>
      (state) =>
        withTable(state, state.jobs.byName.with([entry(name, fields)])),
  ),
  fc.constantFrom(...names).map(
    (name): Step =>
      (state) =>
        withTable(state, state.jobs.byName.without(new Set([name]))),
  ),
  fc.subarray(names, { maxLength: 4 }).map(
    (running): Step =>
      (state) => ({ ...state, busy: new Map(running.map((name) => [name, [anExecution()]])) }),
  ),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...names),
        fc.constantFrom('stuck', 'nowhere', 'late', 'missed', 'overdue'),
      ),
      { maxLength: 4 },
    )
    .map((found): Step => {
      const verdict = (state: Trouble) => ({ state, at: 0, cause: { kind: 'unknown' } }) as const;
      const troubles = new Map(found.map(([name, trouble]) => [name, verdict(trouble)]));
      return (state) => ({ ...state, troubles });
    }),
  fc.nat({ max: 5 }).map(
    (hours): Step =>
      (state) =>
        // No list is older than the one before: what was foreseen of a row stays until its time has come.
        withTable(
          state,
          state.jobs.byName,
          Math.max(state.jobs.at ?? 0, Date.UTC(2026, 10, 21, 13 + hours)),
        ),
  ),
  fc
    .record({ column: fc.constantFrom(...columns.map(({ id }) => id)), descending: fc.boolean() })
    .map(
      (sort): Step =>
        (state) => ({ ...state, screens: [{ ...state.screens[0], sort }] }),
    ),
  { weight: 4, arbitrary: typed.map((letter): Step => withFilter((filter) => filter + letter)) },
  fc.constant<Step>(withFilter((filter) => filter.slice(0, -1))),
  fc
    .constantFrom(
      '',
      'status:',
      'status:f',
      'status:late',
      '!a',
      'body:ab',
      'meta:partner=',
      'tag:role=web',
      'a b',
    )
    .map((filter): Step => withFilter(() => filter)),
);

function withFilter(change: (filter: string) => string): Step {
  return (state) => {
    const screen = state.screens[0];
    return { ...state, screens: [{ ...screen, filter: change(screen.filter) }] };
  };
}

const counted = (state: State) => {
  const counts: Record<string, number> = {};
  for (const { job } of state.jobs.byName.values()) {
    const status = jobStatus(job, standingOf(standingsIn(state), job.name));
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

it('shows after any changes what is shown when all of it is made anew', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...names), jobOf), { selector: ([name]) => name }),
      fc.array(step, { maxLength: 12 }),
      (jobs, steps) => {
        let state = withTable(
          started(),
          tableOf(jobs.map(([name, fields]) => entry(name, fields))),
        );
        for (const next of [(same: State) => same, ...steps]) {
          state = next(state);
          const { keys: shown, depth, longestName, index } = visibleOf(state);
          const keys = [...shown];
          expect({
            keys,
            longestName,
            depth: Object.fromEntries([...depth].filter(([, below]) => below > 0)),
          }).toEqual(plainVisible(state));
          expect(names.map((name) => index.get(name) ?? -1)).toEqual(
            names.map((name) => keys.indexOf(name)),
          );
          expect(countsOf(state)).toMatchObject(counted(state));
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

it('makes nothing anew for a change that no row shows', () => {
  const jobs = tableOf(names.map((name) => entry(name, {})));
  const state = withTable(started(), jobs);
  const before = visibleOf(state);
  const [changed] = names;
  const after = withTable(state, jobs.with([entry(changed!, { success_count: 7 })]));
  expect(visibleOf(after)).toBe(before);
});

/** Plans of every kind, as this program makes them. */
import fc from 'fast-check';
import type { Job } from '../../../src/job/job.ts';
import { planRestore } from '../../../src/plan/compare.ts';
import { planDeletions, withDeletions } from '../../../src/plan/deletions.ts';
import { planDisabled, planEdits, planSchedule } from '../../../src/plan/edits.ts';
import type { RestorePlan } from '../../../src/plan/model.ts';
import { planRename } from '../../../src/plan/rename.ts';
import type { Choice, PlanFile } from '../../../src/plan/text/plan-file.ts';
import { planUndo } from '../../../src/plan/undo.ts';
import { aJob } from '../../support/jobs.ts';

/** Few, so that they meet; and such as a line could be taken for something else by. */
export const oddNames = [
  'a',
  'b',
  'keolis-zones',
  '#left-out',
  'with space',
  '"quoted"',
  "o'clock",
  'é🚲',
  'back\\slash',
  'line\nbreak',
  '\u202eright-to-left',
  'create',
  'end',
  ' ',
  '__proto__',
] as const;

const text = fc.constantFrom('', 'x', '{"token":"s3cret","n":1.0}', 'two\nlines', '\u2028#', '"');
const map = fc.dictionary(fc.constantFrom('k', '#', '\u2028', 'Authorization', '\ufeff'), text, {
  maxKeys: 2,
  noNullPrototype: true,
});

const jobNamed = (name: string): fc.Arbitrary<Job> =>
  fc
    .record({
      parent_job: fc.oneof(fc.constant(''), fc.constantFrom(...oddNames)),
      retries: fc.nat(3),
      disabled: fc.boolean(),
      owner: text,
      tags: fc.option(map),
      executor_config: map,
      success_count: fc.nat(9),
    })
    .map((fields) => aJob({ name, ...fields }));

const jobs: fc.Arbitrary<Job[]> = fc
  .subarray([...oddNames])
  .chain((names) => fc.tuple(...names.map(jobNamed)));

const unreadable = fc
  .subarray(['b', 'é🚲'])
  .map((names) => names.map((name) => ({ name, why: 'retries is text, not a number' })));

/** As the client gives what a server answers. */
const asRead = (jobs: readonly Job[]): Job[] => jobs.map((job) => ({ id: '', ...job }));

const live = fc.record({ jobs, unreadable }).map(({ jobs, unreadable }) => ({
  unreadable,
  jobs: asRead(jobs.filter(({ name }) => !unreadable.some((hidden) => hidden.name === name))),
}));

const place = { file: 'jobs.json', line: 3, column: 14 };

const restores = fc
  .tuple(jobs, live, fc.subarray(['c', ...oddNames.slice(3, 6)]))
  .map(([wanted, { jobs, unreadable }, bad]) =>
    planRestore(
      wanted.filter(({ name }) => !bad.includes(name)),
      jobs,
      { unreadable, barred: bad.map((name) => ({ name, why: 'not JSON', places: [place] })) },
    ),
  );

const edits = fc.tuple(jobs, live).map(([wanted, live]) => planEdits(wanted, live));

/** Of a server that has at least one job. */
const onOne = (
  make: (one: Job, live: { jobs: Job[]; unreadable: [] }, more: Job[]) => RestorePlan,
) =>
  fc
    .tuple(
      jobs.filter(({ length }) => length > 0),
      jobs,
    )
    .map(([jobs, more]) => make(asRead(jobs)[0]!, { jobs: asRead(jobs), unreadable: [] }, more));

const others = (jobs: readonly Job[], { name }: Job): Job[] =>
  jobs.filter((job) => job.name !== name);

/** What a policy leaves in a plan besides the jobs that it made. */
const underPolicy = ({ items, ...plan }: RestorePlan): RestorePlan => ({
  ...plan,
  items: items.map((item) => ({
    ...item,
    replaced: [{ path: 'executor_config.k', by: 0, count: 2 }],
  })),
  policy: {
    ...{ existing: 'ask', disabled: true, keepEnabled: true, prefix: '#' },
    replacements: [{ pattern: '#\n\u2028', text: '"' }],
  },
});

export const anyPlan: fc.Arbitrary<RestorePlan> = fc.oneof(
  restores,
  restores.map(underPolicy),
  edits,
  onOne((one, live) => planDisabled([one], !one.disabled, live)),
  onOne((one, live) => planSchedule(one, { schedule: '@hourly', timezone: '' }, live)),
  onOne((one, live) => planDeletions([one.name], live)),
  onOne((one, live) =>
    planRename(one, 'renamed', live, { deleteOld: one.disabled && one.parent_job !== one.name }),
  ),
  onOne((one, live, wanted) =>
    withDeletions(planEdits(others(wanted, one), live), [one.name], live.jobs),
  ),
  onOne((one, live, before) => {
    const made = { instead: undefined, disturbed: false };
    const reversals = others(before, one).map((job) => ({
      name: job.name,
      before: job,
      after: null,
      ...made,
    }));
    const created = { name: one.name, before: null, after: one, ...made };
    return planUndo([...reversals, created], live, ['operation']);
  }),
);

export const anyFile: fc.Arbitrary<PlanFile> = fc
  .record({ plan: anyPlan, seed: fc.infiniteStream(fc.constantFrom<Choice>('do', 'skip', 'ask')) })
  .map(({ plan, seed }) => aFile(plan, (_name) => seed.next().value!));

export function aFile(plan: RestorePlan, choose: (name: string) => Choice = () => 'do'): PlanFile {
  const writable = plan.items.filter(({ kind }) => ['new', 'change', 'delete'].includes(kind));
  return {
    at: '2026-11-26T23:40:00Z',
    cluster: { id: 'staging-1a2b3c', name: 'staging (f1, f2)' },
    url: 'http://localhost:8080',
    version: '4.1.2',
    source: 'backup-dkron_2026-11-21T0210Z',
    plan,
    choices: new Map(writable.map(({ name }) => [name, choose(name)])),
  };
}

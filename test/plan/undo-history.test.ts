/** Undo over random histories: of operations from here, and of what others did in between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import type { JournalOutcome } from '../../src/journal/entry.ts';
import type { PastChange } from '../../src/journal/file.ts';
import { reversalsOf } from '../../src/journal/reversals.ts';
import { writable } from '../../src/plan/compare.ts';
import { newestInEffect, planUndo } from '../../src/plan/undo.ts';
import { aJob } from '../support/jobs.ts';

const names = ['a', 'b', 'c'] as const;
type Name = (typeof names)[number];
type Server = ReadonlyMap<Name, Job>;

/** What the journal knows of a change, and whether it happened. */
type Fate = readonly [JournalOutcome['outcome'] | null, boolean];

type Event =
  | { readonly ours: readonly { name: Name; retries: number | null; fate: Fate }[] }
  | { readonly theirs: Name; readonly retries: number | null };

const name = fc.constantFrom(...names);
const fate = fc.constantFrom<Fate>(
  ['written', true],
  ['written', true],
  ['unknown', true],
  ['unknown', false],
  [null, true],
  [null, false],
);
const retries = fc.option(fc.integer({ min: 1, max: 5 }));
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ours: fc.uniqueArray(fc.record({ name, retries, fate }), {
        minLength: 1,
        maxLength: 3,
        selector: (change) => change.name,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ theirs: name, retries }) },
);

const textOf = (job: Job | null): string | null => job && JSON.stringify(job);

/** All in which jobs differ here. */
const briefly = (job: Job | undefined): string =>
  job === undefined ? 'none' : `${job.retries} ${job.owner}`;

function withJob(server: Server, name: Name, job: Job | null): Server {
  const later = new Map(server);
  if (job === null) later.delete(name);
  else later.set(name, job);
  return later;
}

interface Past {
  readonly server: Server;
  /** Oldest first. */
  readonly operations: { readonly changes: PastChange[]; readonly before: Server }[];
  /** By name, how many operations there were when others last changed the job. */
  readonly touched: Map<Name, number>;
}

function happen(events: readonly Event[]): Past {
  let server: Server = new Map([['a', aJob({ name: 'a', retries: 9 })]]);
  const operations: Past['operations'] = [];
  const touched: Past['touched'] = new Map();
  for (const [at, event] of events.entries()) {
    if ('theirs' in event) {
      const { theirs, retries } = event;
      // What others write is never by chance what was written from here.
      const job = retries === null ? null : aJob({ name: theirs, retries, owner: `them ${at}` });
      if (job === null && !server.has(theirs)) continue;
      server = withJob(server, theirs, job);
      touched.set(theirs, operations.length);
      continue;
    }
    const before = server;
    const changes = event.ours.flatMap(({ name, retries, fate: [outcome, happened] }) => {
      const old = server.get(name) ?? null;
      const job = retries === null ? null : aJob({ ...old, name, retries });
      if (textOf(job) === textOf(old)) return [];
      if (happened) server = withJob(server, name, job);
      return [pastChange(at, old, job, outcome)];
    });
    if (changes.length > 0) operations.push({ changes, before });
  }
  return { server, operations, touched };
}

function pastChange(
  at: number,
  before: Job | null,
  after: Job | null,
  outcome: JournalOutcome['outcome'] | null,
): PastChange {
  const { name } = (before ?? after)!;
  return {
    id: `${at}-${name}`,
    operation: `${at}`,
    at: new Date(Date.UTC(2026, 10, 21, 0, at)).toISOString(),
    server: 'http://localhost:8080',
    job: name,
    action: after === null ? 'delete' : 'write',
    before: textOf(before),
    sent: textOf(after),
    result:
      outcome === null
        ? null
        : { id: '', at: '', outcome, ...(outcome === 'written' && { after: textOf(after) }) },
  };
}

test('takes back the last operations to the state before them, but for what others changed, which is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 6 }),
      async (events, count) => {
        const { server, operations, touched } = happen(events);
        const newestFirst = operations.toReversed();
        async function* journal() {
          for (const { changes } of newestFirst) yield changes;
        }
        const found = await newestInEffect(journal(), async () => server, { count });
        const from = operations.length - found.passed.length - found.operations.length;
        const taken = found.operations.toReversed().flat();
        const live = { jobs: [...server.values()], unreadable: [] };
        const plan = planUndo(reversalsOf(taken), live);
        const doing = new Set(writable(plan));
        const later = plan.items
          .filter((item) => doing.has(item.name))
          .reduce(
            (now, { name, kind, job }) =>
              withJob(now, name as Name, kind === 'delete' ? null : job),
            server,
          );
        for (const name of names) {
          const first = operations.findIndex(
            ({ changes }, at) => at >= from && changes.some(({ job }) => job === name),
          );
          const isTaken = taken.some(({ job }) => job === name);
          const left = plan.items.find((item) => item.name === name)?.left;
          const before = isTaken && left === undefined ? operations[first]!.before : server;
          expect(briefly(later.get(name))).toBe(briefly(before.get(name)));
          if (left !== undefined) expect(touched.get(name)).toBeGreaterThan(first);
        }
      },
    ),
    { numRuns: 300 },
  );
});

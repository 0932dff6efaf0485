import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import type { JournalOutcome } from '../../src/journal/entry.ts';
import type { PastChange } from '../../src/journal/file.ts';
import { reversalsOf } from '../../src/journal/reversals.ts';
import { writable } from '../../src/plan/compare.ts';
import { evenChanged, newestInEffect, planUndo, type Reach } from '../../src/plan/undo.ts';
import { aJob } from '../support/jobs.ts';

const text = (job: Job | null): string | null => (job === null ? null : JSON.stringify(job));

/** A change from one definition to another, null for none, as the journal has it. */
function change(
  before: Job | null,
  after: Job | null,
  outcome: JournalOutcome['outcome'] | null = 'written',
): PastChange {
  const { name } = (before ?? after)!;
  const written = outcome === 'written' ? { after: text(after) } : {};
  return {
    id: `${name}-${before?.retries}`,
    operation: 'one',
    at: '2026-11-21T14:32:10.000Z',
    server: 'http://localhost:8080',
    job: name,
    action: after === null ? 'delete' : 'write',
    before: text(before),
    sent: text(after),
    result: outcome === null ? null : { id: '', at: '', outcome, ...written },
  };
}

function summary(changes: PastChange[], live: Job[]): string[] {
  const { items } = planUndo(reversalsOf(changes), { jobs: live, unreadable: [] });
  return items.map(({ name, kind, why, left }) =>
    left === undefined ? `${name}: ${kind} ${why}`.trimEnd() : `${name}: left, ${left}`,
  );
}

const old = aJob({ name: 'job', retries: 1 });
const now = { ...old, retries: 2 };

test('a job gets the definition that it had before, to the letter', () => {
  const exact = '{"name":"job","executor":"shell","quota":9223372036854775807,"big":1e400}';
  const plan = planUndo(reversalsOf([{ ...change(now, now), before: exact }]), {
    jobs: [now],
    unreadable: [],
  });
  expect(plan.items[0]?.job).toMatchObject({ quota: { rawJSON: '9223372036854775807' } });
  expect(summary([change(old, now)], [now])).toEqual(['job: change retries 2 → 1']);
});

test('what was created goes, what was deleted comes back, parents first', () => {
  const child = aJob({ name: 'child', parent_job: 'job', schedule: '' });
  expect(summary([change(null, now), change(null, child)], [now, child])).toEqual([
    'child: delete its runs are lost',
    'job: delete its runs are lost',
  ]);
  expect(summary([change(child, null), change(old, null)], [])).toEqual([
    'job: new',
    'child: new after job',
  ]);
});

test('what is as it was, or was created and is gone, needs nothing', () => {
  expect(summary([change(old, now)], [old])).toEqual(['job: same']);
  expect(summary([change(null, now)], [])).toEqual([]);
});

test('a job that was changed twice goes back to where it began', () => {
  const third = { ...old, retries: 3 };
  expect(summary([change(old, now), change(now, third)], [third])).toEqual([
    'job: change retries 3 → 1',
  ]);
});

test.each<[string, PastChange, Job[], string[]]>([
  [
    'changed again',
    change(old, now),
    [{ ...now, owner: 'me' }],
    ['job: left, changed again since'],
  ],
  ['deleted since', change(old, now), [], ['job: left, deleted since']],
  ['created and changed again', change(null, now), [old], ['job: left, changed again since']],
  ['deleted and created again', change(old, null), [now], ['job: left, changed again since']],
  ['only run since', change(old, now), [{ ...now, success_count: 9, status: 'failed' }], []],
  ['unknown, and as sent', change(old, now, 'unknown'), [now], []],
  [
    'unknown, and as the server keeps what was sent',
    change(old, { ...now, retries: 2 ** 32 + 2, shell: true, owner: '\ud800' }, 'unknown'),
    [{ ...now, owner: '\ufffd' }],
    [],
  ],
  ['unknown, and as before', change(old, now, 'unknown'), [old], []],
  [
    'cut off, and something else',
    change(old, now, null),
    [{ ...now, retries: 7 }],
    ['job: left, changed again since'],
  ],
])('who changed it since is told: %s', (_, past, live, since) => {
  expect(summary([past], live).filter((line) => line.includes('left'))).toEqual(since);
});

const third = { ...old, retries: 3 };

/** What an undo is about, of operations newest first, on a server that has the job so. */
async function found(operations: PastChange[][], job: Job | null): Promise<string[]> {
  async function* newestFirst() {
    yield* operations;
  }
  const look = async () => new Map([['job', job]]);
  const { operations: taken, passed } = await newestInEffect(newestFirst(), look);
  return [
    ...passed.map(({ happened }) => (happened ? 'passed: taken back' : 'passed: did not happen')),
    ...taken.flat().map(({ before, sent }) => `${retriesIn(before)} → ${retriesIn(sent)}`),
  ];
}
const retriesIn = (text: string | null): string => text && JSON.parse(text).retries;

test.each<[string, PastChange[][], Job | null, string[]]>([
  ['written', [[change(old, now)]], now, ['1 → 2']],
  [
    'not known, and not there: the one before it',
    [[change(now, third, 'unknown')], [change(old, now)]],
    now,
    ['passed: did not happen', '1 → 2'],
  ],
  [
    'cut off, and not there: the one before it',
    [[change(now, third, null)], [change(old, now)]],
    now,
    ['passed: did not happen', '1 → 2'],
  ],
  ['not known, and there', [[change(now, third, 'unknown')], [change(old, now)]], third, ['2 → 3']],
  ['cut off, and there', [[change(now, third, null)], [change(old, now)]], third, ['2 → 3']],
  [
    'not known, and something else is there',
    [[change(now, third, 'unknown')], [change(old, now)]],
    { ...now, owner: 'somebody' },
    ['2 → 3'],
  ],
  [
    'not known, a creation that did not happen',
    [[change(null, now, 'unknown')]],
    null,
    ['passed: did not happen'],
  ],
  ['not known, a deletion that happened', [[change(old, null, 'unknown')]], null, ['1 → null']],
  [
    'not known, a deletion that did not happen',
    [[change(now, null, 'unknown')], [change(old, now)]],
    now,
    ['passed: did not happen', '1 → 2'],
  ],
  [
    'written, and taken back by somebody else since',
    [[change(now, third)], [change(old, now)]],
    now,
    ['passed: taken back', '1 → 2'],
  ],
  ['an undo: the job goes forth again', [[change(now, old)], [change(old, now)]], old, ['2 → 1']],
  ['nothing at all', [], now, []],
])('the newest operation with something to take back: %s', async (_what, past, job, expected) => {
  expect(await found(past, job)).toEqual(expected);
});

test('an operation of several jobs stands as long as one of them is not as before', async () => {
  const other = change({ ...old, name: 'other' }, { ...now, name: 'other' }, 'unknown');
  const both = [change(old, now), other];
  async function* operations() {
    yield both;
  }
  const here = new Map<string, Job>([
    ['job', now],
    ['other', { ...old, name: 'other' }],
  ]);
  expect((await newestInEffect(operations(), async () => here)).operations).toEqual([both]);
  expect(summary(both, [...here.values()])).toEqual(['job: change retries 2 → 1', 'other: same']);
});

test('what was created and cannot be read now is blocked, and what was changed as well', () => {
  const unreadable = [{ name: 'job', why: 'retries must be a number' }];
  const told = (past: PastChange) => {
    const { items } = planUndo(reversalsOf([past]), { jobs: [], unreadable });
    return items.map(({ kind, why, left }) => `${kind} ${why}${left ?? ''}`);
  };
  expect(told(change(null, now))).toEqual(['blocked retries must be a number']);
  expect(told(change(old, now))).toEqual(['blocked retries must be a number']);
});

test('an operation on what cannot be read now is in effect', async () => {
  const past = [change(old, now, 'unknown')];
  async function* operations() {
    yield past;
  }
  const look = async () => new Map([['job', 'unreadable' as const]]);
  expect(await newestInEffect(operations(), look)).toEqual({ operations: [past], passed: [] });
});

test('a child that others changed keeps its new parent, and no child comes back without its own', () => {
  const child = aJob({ name: 'child', parent_job: 'job', schedule: '' });
  const edited = { ...child, owner: 'somebody' };
  expect(summary([change(null, now), change(null, child)], [now, edited])).toEqual([
    'child: left, changed again since',
    'job: left, child, below it, is left',
  ]);
  const grown = { ...child, parent_job: '', schedule: '@daily' };
  const past = [change(null, now), change(grown, child)];
  expect(summary(past, [now, edited])).toEqual([
    'child: left, changed again since',
    'job: left, child, below it, is left',
  ]);
  const both = [change(child, null), change(old, now)];
  expect(summary(both, [])).toEqual([
    'job: left, deleted since',
    'child: left, its parent job is left out',
  ]);
});

test('a job that somebody else changed between two operations is left, and taken in when asked for', () => {
  const theirs = { ...now, owner: 'them' };
  const ours = { ...theirs, retries: 3 };
  const past = [change(old, now), change(theirs, ours)];
  expect(summary(past, [ours])).toEqual(['job: left, somebody else changed it in between']);
  expect(summary(past, [old])).toEqual(['job: same']);
  const plan = planUndo(reversalsOf(past), { jobs: [ours], unreadable: [] });
  expect(writable(plan)).toEqual([]);
  expect(writable(evenChanged(plan))).toEqual(['job']);
});

test('so many operations, or all since a moment, begin with the first that is in effect', async () => {
  const at = (hour: number, past: PastChange): PastChange[] => [
    { ...past, at: new Date(Date.UTC(2026, 10, 21, hour)).toISOString() },
  ];
  const fourth = { ...old, retries: 4 };
  const past = [
    at(9, change(third, fourth, 'unknown')),
    at(8, change(now, third)),
    at(7, change(old, now)),
    at(6, change(null, old)),
  ];
  const reached = async (reach: Reach) => {
    async function* newestFirst() {
      yield* past;
    }
    const here = new Map([['job', third]]);
    const { operations, passed } = await newestInEffect(newestFirst(), async () => here, reach);
    return [passed.length, operations.map(([one]) => new Date(one!.at).getUTCHours())];
  };
  expect(await reached({ count: 2 })).toEqual([1, [8, 7]]);
  expect(await reached({ count: 9 })).toEqual([1, [8, 7, 6]]);
  expect(await reached({ since: Date.UTC(2026, 10, 21, 7) })).toEqual([1, [8, 7]]);
  expect(await reached({ since: Date.UTC(2026, 10, 21, 8, 1) })).toEqual([1, []]);
  expect(await reached({ since: Date.UTC(2026, 10, 21, 9, 1) })).toEqual([0, []]);
});

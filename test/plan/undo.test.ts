import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import type { JournalOutcome } from '../../src/journal/entry.ts';
import type { PastChange } from '../../src/journal/file.ts';
import { reversalsOf } from '../../src/journal/reversals.ts';
import { newestInEffect, planUndo } from '../../src/plan/undo.ts';
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
  const { plan, since } = planUndo(reversalsOf(changes), { jobs: live, unreadable: [] });
  const items = plan.items.map(({ name, kind, why }) => `${name}: ${kind} ${why}`.trimEnd());
  return [...items, ...since.map((name) => `since: ${name}`)];
}

const old = aJob({ name: 'job', retries: 1 });
const now = { ...old, retries: 2 };

test('a job gets the definition that it had before, to the letter', () => {
  const exact = '{"name":"job","executor":"shell","quota":9223372036854775807,"big":1e400}';
  const { plan } = planUndo(reversalsOf([{ ...change(now, now), before: exact }]), {
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
  ['changed again', change(old, now), [{ ...now, owner: 'me' }], ['since: job']],
  ['deleted since', change(old, now), [], ['since: job']],
  ['created and changed again', change(null, now), [old], ['since: job']],
  ['deleted and created again', change(old, null), [now], ['since: job']],
  ['only run since', change(old, now), [{ ...now, success_count: 9, status: 'failed' }], []],
  ['unknown, and as sent', change(old, now, 'unknown'), [now], []],
  [
    'unknown, and as the server keeps what was sent',
    change(old, { ...now, retries: 2 ** 32 + 2, shell: true, owner: '\ud800' }, 'unknown'),
    [{ ...now, owner: '\ufffd' }],
    [],
  ],
  ['unknown, and as before', change(old, now, 'unknown'), [old], []],
  ['cut off, and something else', change(old, now, null), [{ ...now, retries: 7 }], ['since: job']],
])('who changed it since is told: %s', (_, past, live, since) => {
  expect(summary([past], live).filter((line) => line.startsWith('since'))).toEqual(since);
});

const third = { ...old, retries: 3 };

/** What an undo is about, of operations newest first, on a server that has the job so. */
async function found(operations: PastChange[][], job: Job | null): Promise<string[]> {
  async function* newestFirst() {
    yield* operations;
  }
  const look = async () => new Map([['job', job]]);
  const { changes, passed } = await newestInEffect(newestFirst(), look);
  return [
    ...passed.map(({ happened }) => (happened ? 'passed: taken back' : 'passed: did not happen')),
    ...changes.map(({ before, sent }) => `${retriesIn(before)} → ${retriesIn(sent)}`),
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
  expect((await newestInEffect(operations(), async () => here)).changes).toBe(both);
  expect(summary(both, [...here.values()])).toEqual(['job: change retries 2 → 1', 'other: same']);
});

test('what was created and cannot be read now is blocked, and what was changed as well', () => {
  const unreadable = [{ name: 'job', why: 'retries must be a number' }];
  const told = (past: PastChange) => {
    const { plan, since } = planUndo(reversalsOf([past]), { jobs: [], unreadable });
    return [...plan.items.map(({ kind, why }) => `${kind} ${why}`), ...since];
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
  expect(await newestInEffect(operations(), look)).toEqual({ changes: past, passed: [] });
});

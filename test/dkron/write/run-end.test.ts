import { expect, it, onTestFinished } from 'vitest';
import { OtherCluster, OutcomeUnknown, Unreachable } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { type Following, failuresOf, runEnd } from '../../../src/dkron/write/run-end.ts';
import { drop, json, type Scripted, serve } from '../scripted.ts';

const run = (id: string, group: number, finished = true) => ({
  id,
  job_name: 'job',
  started_at: '2026-11-23T07:00:00Z',
  finished_at: finished ? '2026-11-23T07:00:01Z' : '0001-01-01T00:00:00Z',
  success: finished,
  output: '',
  node_name: 'n1',
  group,
  attempt: 1,
});

/**
 * Follows a run on a server that answers the readings of the executions one after the other, and
 * with what is busy then.
 */
async function follow(
  answers: (Scripted | typeof drop)[],
  lost: Following['lost'] = null,
  busy: object[][] = [[]],
  elsewhere: Following['elsewhere'] = undefined,
) {
  const server = await serve(({ path }) => {
    if (path === '/v1/busy') return json(busy.length > 1 ? busy.shift()! : busy[0]!);
    return answers.length > 1 ? answers.shift()! : answers[0]!;
  });
  const client = createClient({ url: server.url });
  onTestFinished(() => client.close());
  const waits: string[] = [];
  let slept = 0;
  const clock = {
    now: () => 0,
    sleep: async (ms: number) => {
      slept += ms;
    },
  };
  const ended = runEnd(client, 'job', {
    before: new Set(['old']),
    lost,
    clock,
    onWait: ({ message }) => waits.push(message),
    patience: 30_000,
    elsewhere,
  });
  const outcome = await ended.then(
    (executions) => executions.map(({ id }) => id),
    (error: unknown) => error,
  );
  return { outcome, waits, slept: () => slept };
}

const noAnswer = new OutcomeUnknown('http://n1 did not answer: the connection was reset');

it('finds the run whose answer was lost', async () => {
  const { outcome } = await follow(
    [json([run('old', 1)]), json([run('new', 2, false), run('old', 1)]), json([run('new', 2)])],
    noAnswer,
  );
  expect(outcome).toEqual(['new']);
});

it('is not taken for the run of another cluster that has the same job', async () => {
  const other = new OtherCluster('another cluster answers');
  let looks = 0;
  const elsewhere = async () => (++looks <= 2 ? other : null);
  const { outcome, waits } = await follow(
    [json([run('alien', 9)]), json([run('alien', 9)]), json([run('new', 2)])],
    noAnswer,
    [[]],
    elsewhere,
  );
  expect(outcome).toEqual(['new']);
  expect(waits).toEqual(['another cluster answers']);
});

it('waits for a server that is gone, and says so once', async () => {
  const { outcome, waits } = await follow([drop, drop, drop, json([run('new', 2)])], noAnswer);
  expect(outcome).toEqual(['new']);
  expect(waits).toEqual([expect.stringMatching(/cannot be reached/)]);
});

it('does not know of a run that does not show', async () => {
  const { outcome, slept } = await follow([json([run('old', 1)])], noAnswer);
  expect(outcome).toBeInstanceOf(OutcomeUnknown);
  expect(outcome).toMatchObject({
    message: noAnswer.message,
    data: 'The request to run job was sent, but no execution of it is listed: it may have run or not.',
    exit: 'unknown',
  });
  expect(slept()).toBe(5_000);
});

it.each([
  ['that was accepted', null],
  ['whose answer was lost', noAnswer],
])('does not know of a run %s on a server that does not come back', async (_what, lost) => {
  const { outcome, slept } = await follow([drop], lost);
  expect(outcome).toBeInstanceOf(OutcomeUnknown);
  expect(outcome).not.toBeInstanceOf(Unreachable);
  expect(outcome).toHaveProperty(
    'message',
    expect.stringMatching(/^it is not known whether job ran to its end on .*: /),
  );
  expect(slept()).toBe(30_000);
});

it('waits as long as one of its executions is under way, whoever tells', async () => {
  const other = { ...run('x', 9, false), job_name: 'other' };
  const ended = [json([run('new', 2)])];
  expect((await follow([...ended])).slept()).toBe(0);
  expect((await follow([...ended], null, [[other]])).slept()).toBe(0);
  expect((await follow([...ended], null, [[other, run('new', 2, false)], [other]])).slept()).toBe(
    500,
  );
  expect((await follow([json([run('new', 2, false)]), ...ended])).slept()).toBe(500);
});

it('of several runs that are new the first is the one that was asked for', async () => {
  const { outcome } = await follow([json([run('c', 3), run('b', 2), run('a', 2), run('old', 1)])]);
  expect(outcome).toEqual(['b', 'a']);
});

it('of a run that failed the last try on each node counts', () => {
  const on = (node_name: string, attempt: number, success: boolean) => ({
    ...run(`${attempt}-${node_name}`, 1),
    group: '1',
    output_truncated: false,
    node_name,
    attempt,
    success,
  });
  const executions = [
    on('n1', 2, true),
    on('n2', 2, false),
    on('n2', 1, false),
    on('n1', 1, false),
  ];
  expect(failuresOf(executions).map(({ id }) => id)).toEqual(['2-n2']);
});

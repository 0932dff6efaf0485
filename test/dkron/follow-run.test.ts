import { expect, it } from 'vitest';
import { NotFound, ServerError, Unfinished, Unreachable } from '../../src/base/errors.ts';
import type { Dkron } from '../../src/dkron/client.ts';
import { followRun } from '../../src/dkron/follow-run.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import { anExecution } from '../support/jobs.ts';

const never = '0001-01-01T00:00:00Z';
const run = (id: string, fields: Partial<Execution> = {}): Execution =>
  anExecution({ id, job_name: 'a', group: '7', ...fields });
const live = (id: string, output: string, fields: Partial<Execution> = {}): Execution =>
  run(id, { output, finished_at: never, ...fields });

/** One look: what runs, or why that is not known, and what is stored by id. */
interface Look {
  readonly busy: readonly Execution[] | Error;
  readonly stored?: Readonly<Record<string, Execution | Error>>;
}

/** A run followed through these looks, the last one again and again. */
async function following(
  looks: readonly Look[],
  { alone = false, patience = 60_000 }: { alone?: boolean; patience?: number } = {},
) {
  let at = -1;
  let now = 0;
  const told: string[] = [];
  const client = {
    busy: async () => {
      at = Math.min(at + 1, looks.length - 1);
      const { busy } = looks[at]!;
      if (busy instanceof Error) throw busy;
      return { value: busy, whom: 'n1' };
    },
    execution: async (_name: string, id: string) => {
      const one = looks[at]!.stored?.[id] ?? new NotFound('none');
      if (one instanceof Error) throw one;
      return { value: one, whom: 'n1' };
    },
  };
  const result = await followRun(
    client as unknown as Dkron,
    { name: 'a', runs: [live('1', '')], ...(!alone && { group: '7' }) },
    {
      clock: {
        now: () => now,
        sleep: async (ms) => {
          now += ms;
          if (now > 600_000) throw new Error('it never ends');
        },
      },
      signal: new AbortController().signal,
      onPiece: ({ id, output }) => told.push(`${id}: ${output}`),
      onEnd: ({ id, output }) => told.push(`${id} ended: ${output}`),
      onWait: () => told.push('waits'),
      onBack: () => told.push('back'),
      patience,
    },
  ).then(
    (runs) => runs.map(({ id }) => id),
    (error: unknown) => error,
  );
  return { told, result, now };
}

it('tells each piece once, and the end', async () => {
  const { told, result } = await following([
    { busy: [live('1', '')] },
    { busy: [live('1', 'a')] },
    { busy: [live('1', 'a'), live('9', 'other', { group: '8' })] },
    { busy: [live('1', 'b')] },
    { busy: [], stored: { 1: run('1', { output: 'ab' }) } },
  ]);
  expect(told).toEqual(['1: a', '1: b', '1 ended: ab']);
  expect(result).toEqual(['1']);
});

it('goes on with the retry and on other nodes, until none of the run is left', async () => {
  const failed = run('1', { output: 'x', success: false });
  const retry = live('2', 'y', {
    attempt: 2,
    finished_at: failed.finished_at,
    started_at: '2026-11-21T14:00:09Z',
  });
  const { told, result } = await following([
    { busy: [live('1', 'x'), live('3', 'z', { node_name: 'n2' })] },
    // It waits for its retry.
    { busy: [failed, live('3', 'z', { node_name: 'n2' })], stored: { 1: failed } },
    { busy: [failed, retry], stored: { 1: failed, 3: run('3', { node_name: 'n2', output: 'z' }) } },
    { busy: [], stored: { 1: failed, 2: run('2', { attempt: 2, output: 'y' }) } },
  ]);
  expect(told).toEqual(['1: x', '3: z', '1 ended: x', '2: y', '3 ended: z', '2 ended: y']);
  expect(result).toEqual(['1', '3', '2']);
});

it('does not wait for the children of one that ended well, nor for the retry of one that was named', async () => {
  const well = run('1', { output: 'x' });
  expect((await following([{ busy: [well], stored: { 1: well } }])).result).toEqual(['1']);
  const failed = run('1', { success: false });
  const named = await following([{ busy: [failed], stored: { 1: failed } }], { alone: true });
  expect(named.result).toEqual(['1']);
});

it('a run that nobody runs and that has no end is told as such, not before a while', async () => {
  const { result, now } = await following([
    { busy: [live('1', 'a')] },
    { busy: [], stored: { 1: live('1', '') } },
  ]);
  expect(result).toBeInstanceOf(Unfinished);
  expect(now).toBeGreaterThanOrEqual(30_000);
  const late = await following([
    { busy: [live('1', 'a')] },
    { busy: [], stored: { 1: live('1', '') } },
    { busy: [], stored: { 1: run('1', { output: 'ab' }) } },
  ]);
  expect(late.result).toEqual(['1']);
});

it('the others of a run are followed to their ends before one that is lost is told', async () => {
  const other = live('3', 'x', { node_name: 'n2' });
  const stored = { 1: live('1', '') };
  const { told, result } = await following([
    { busy: [live('1', 'a'), other] },
    ...Array<Look>(80).fill({ busy: [other], stored }),
    { busy: [], stored: { ...stored, 3: run('3', { node_name: 'n2', output: 'xy' }) } },
  ]);
  expect(told).toEqual(['1: a', '3: x', '3 ended: xy']);
  expect(result).toBeInstanceOf(Unfinished);
});

it('a run whose history was cleared is not found, once nobody runs it', async () => {
  const { told, result, now } = await following([{ busy: [live('1', 'a')] }, { busy: [] }]);
  expect([told, result]).toEqual([['1: a'], expect.any(NotFound)]);
  expect(now).toBeGreaterThanOrEqual(30_000);
});

it('goes on where the cluster cannot tell what runs', async () => {
  const { result } = await following([
    { busy: new ServerError('no'), stored: { 1: live('1', '') } },
    { busy: new ServerError('no') },
    { busy: new ServerError('no'), stored: { 1: run('1') } },
  ]);
  expect(result).toEqual(['1']);
});

it('waits for a server that is away, as long as it may', async () => {
  const away = { busy: new Unreachable('away') };
  const { told, result } = await following([
    away,
    away,
    { busy: [live('1', 'a')] },
    { busy: [], stored: { 1: run('1', { output: 'a' }) } },
  ]);
  expect(told).toEqual(['waits', 'back', '1: a', '1 ended: a']);
  expect(result).toEqual(['1']);
  expect((await following([away], { patience: 5_000 })).result).toBeInstanceOf(Unreachable);
});

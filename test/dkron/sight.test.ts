import { expect, it } from 'vitest';
import { NotFound, Unreachable } from '../../src/base/errors.ts';
import { runKey } from '../../src/dkron/execution.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import { lookAtOutput } from '../../src/dkron/sight.ts';
import { anExecution } from '../support/jobs.ts';

const never = '0001-01-01T00:00:00Z';
const run = (output: string, isUnder: boolean): Execution => ({
  ...anExecution({ id: '1-n1', job_name: 'a', output }),
  ...(isUnder && { finished_at: never }),
});
const other = anExecution({ id: '2-n2', job_name: 'a', finished_at: never, output: 'other' });
const piece = run('piece', true);
const kept = run('', true);
const whole = run('whole', false);

/** What the store has; undefined: it is not to be asked. */
const look = (busy: readonly Execution[] | null, stored?: Execution | null | Error) =>
  lookAtOutput(
    {
      execution: async () => {
        if (stored === undefined) throw new Error('the store was read');
        if (stored instanceof Error) throw stored;
        if (stored === null) throw new NotFound('gone');
        return { value: stored, whom: 'n1' };
      },
    },
    { name: 'a', key: runKey(piece) },
    busy,
  );

it.each([
  [
    'runs, with its last piece, and the store is left alone',
    [other, piece],
    undefined,
    { kind: 'runs', run: piece },
  ],
  ['has ended', [other], whole, { kind: 'ended', run: whole }],
  ['has ended, which the store knows before', null, whole, { kind: 'ended', run: whole }],
  [
    'has ended and waits for its retry: the store has what processors made of it',
    [whole],
    run('processed', false),
    { kind: 'ended', run: run('processed', false) },
  ],
  ['has ended, which a follower has not heard', [whole], kept, { kind: 'ended', run: whole }],
  ['has ended, and its history was cleared', [whole], null, { kind: 'ended', run: whole }],
  ['is lost', [other], kept, { kind: 'lost', run: kept }],
  ['is gone', [other], null, { kind: 'gone' }],
  ['is not told of', null, kept, { kind: 'untold' }],
  ['is neither told of nor stored', null, null, { kind: 'untold' }],
])('a run %s', async (_what, busy, stored, sight) => {
  expect(await look(busy, stored)).toEqual(sight);
});

it('a run of another job with the same key is another one', async () => {
  expect(await look([{ ...piece, job_name: 'b' }], whole)).toEqual({ kind: 'ended', run: whole });
});

it('what keeps the store from being read is thrown', async () => {
  await expect(look([], new Unreachable('no'))).rejects.toThrow(Unreachable);
});

/** Pausing a node: sent once, to the node that was seen, and read again. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChangedMeanwhile, OutcomeUnknown, Unsupported } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { doorOf } from '../../support/door.ts';
import { drop, json, type Scripted, serve } from '../scripted.ts';

interface Node {
  paused: boolean;
  whom: string;
}

/** A server whose node is `node`; `change` answers a change, after it was made or not. */
async function nodeWith(
  change: (node: Node, paused: boolean) => Scripted | typeof drop = make,
  node: Node = { paused: false, whom: 'n1' },
  reads: (node: Node, count: number) => Scripted | typeof drop | null = () => null,
) {
  let count = 0;
  const { url, came } = await serve(({ method, path }) => {
    if (method === 'GET')
      return reads(node, ++count) ?? { ...json({ paused: node.paused }), whom: node.whom };
    return change(node, path === '/v1/pause');
  });
  const client = createClient({ url });
  onTestFinished(() => client.close());
  const slept: number[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      slept.push(ms);
    },
  };
  const sent = () => came.filter(({ method }) => method !== 'GET').map(({ path }) => path);
  return { door: doorOf(client, { clock }), client, clock, sent, node };
}

function make(node: Node, paused: boolean): Scripted {
  node.paused = paused;
  return { ...json({ paused }), whom: node.whom };
}

const seen = { node: 'n1' };

describe('pausing the node that answers', () => {
  it.each([true, false])('sends once and reads again: %s', async (paused) => {
    const { door, sent, node } = await nodeWith(make, { paused: !paused, whom: 'n1' });
    expect(await door.setPaused(paused, seen)).toEqual({ outcome: 'done', node: 'n1' });
    expect([sent(), node.paused]).toEqual([[paused ? '/v1/pause' : '/v1/unpause'], paused]);
  });

  it('sends nothing where it is so already', async () => {
    const { door, sent } = await nodeWith(make, { paused: true, whom: 'n1' });
    expect(await door.setPaused(true, seen)).toEqual({ outcome: 'same', node: 'n1' });
    expect(sent()).toEqual([]);
  });

  it('sends nothing to another node than was seen', async () => {
    const { door, sent } = await nodeWith(make, { paused: false, whom: 'n2' });
    const result = await door.setPaused(true, seen);
    expect(result).toMatchObject({ outcome: 'refused', error: expect.any(ChangedMeanwhile) });
    expect(result).toHaveProperty(
      'error.message',
      expect.stringMatching(/^n2 answers at .* not n1/),
    );
    expect(sent()).toEqual([]);
  });

  it('sends nothing to a Dkron that has no pause', async () => {
    const none = { status: 404, body: '404 page not found' };
    const { door, sent } = await nodeWith(make, undefined, () => none);
    expect(await door.setPaused(true, seen)).toMatchObject({
      outcome: 'refused',
      error: expect.any(Unsupported),
    });
    expect(sent()).toEqual([]);
  });

  it('says which node did it, where another one was asked after the look', async () => {
    const { door } = await nodeWith((node, paused) => {
      node.whom = 'n2';
      return make(node, paused);
    });
    expect(await door.setPaused(true, seen)).toEqual({ outcome: 'done', node: 'n2' });
  });

  it('believes the node’s own answer where only others are read afterwards', async () => {
    const { door } = await nodeWith((node, paused) => {
      const answer = make(node, paused);
      Object.assign(node, { whom: 'n2', paused: false });
      return answer;
    });
    expect(await door.setPaused(true, seen)).toEqual({ outcome: 'done', node: 'n1' });
  });

  it('looks for what became of it where the answer was lost, and never sends twice', async () => {
    const lost = await nodeWith((node, paused) => {
      make(node, paused);
      return drop;
    });
    expect(await lost.door.setPaused(true, seen)).toEqual({ outcome: 'done', node: 'n1' });
    expect(lost.sent()).toHaveLength(1);
    const never = await nodeWith(() => drop);
    const result = await never.door.setPaused(true, seen);
    expect(result).toMatchObject({ outcome: 'unknown', error: expect.any(OutcomeUnknown) });
    expect(result).toHaveProperty('error.message', expect.stringContaining('it is not paused'));
    expect(never.sent()).toHaveLength(1);
  });

  it('waits for a server that does not answer any more, and says so once', async () => {
    const { door } = await nodeWith(
      (node, paused) => {
        make(node, paused);
        return drop;
      },
      undefined,
      (_, count) => (count > 1 && count < 6 ? drop : null),
    );
    const waits: string[] = [];
    const onWait = ({ message }: Error): void => void waits.push(message);
    expect(await door.setPaused(true, { ...seen, onWait })).toMatchObject({ outcome: 'done' });
    expect(waits).toHaveLength(1);
  });

  it('does not call done what the node denies', async () => {
    const { door } = await nodeWith(() => ({ ...json({ paused: true }), whom: 'n1' }));
    expect(await door.setPaused(true, seen)).toMatchObject({ outcome: 'unknown' });
  });

  it('is refused by a read-only door, and by a protected one that nothing was typed for', async () => {
    const { client, clock, sent } = await nodeWith();
    for (const closed of [{ readOnly: true }, { protectedAs: 'prod' }]) {
      const door = doorOf(client, { clock, ...closed }).agreed(null);
      expect(await door.setPaused(true, seen)).toMatchObject({ outcome: 'refused' });
    }
    expect(sent()).toEqual([]);
    const agreed = doorOf(client, { clock, protectedAs: 'prod' }).agreed('prod');
    expect(await agreed.setPaused(true, seen)).toMatchObject({ outcome: 'done' });
  });
});

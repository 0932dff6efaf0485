import { describe, expect, it } from 'vitest';
import {
  NotFound,
  OtherCluster,
  ServerError,
  Unreachable,
  UnreadableJob,
} from '../../../src/base/errors.ts';
import type { Dkron, JobsReadOptions } from '../../../src/dkron/client.ts';
import {
  circumstances,
  current,
  currentAll,
  type Looking,
  lookAgain,
} from '../../../src/dkron/write/reread.ts';
import type { JobText } from '../../../src/job/job.ts';
import { aJob, textOf } from '../../support/jobs.ts';

const a = textOf(aJob({ name: 'a' }));
const odd = new UnreadableJob('it is odd');
const gone = new Unreachable('it is gone');

type Reading = JobText | Error | null;

/** A client of a server that has these jobs, one after the other where there are several; and what was read. */
function clientWith(jobs: Record<string, Reading | Reading[]>, leader: unknown = { Name: 'n1' }) {
  const reads: string[] = [];
  const now = (name: string): Reading => {
    const reading = jobs[name];
    if (!Array.isArray(reading)) return reading ?? null;
    return reading.length > 1 ? reading.shift()! : reading[0]!;
  };
  const client = {
    url: 'http://d',
    closed: false,
    async job(name: string) {
      reads.push(name);
      const reading = now(name);
      if (reading === null) throw new NotFound(`there is no job ${name}`);
      if (reading instanceof Error) throw reading;
      return { value: reading, whom: 'n1' };
    },
    async *jobs({ onUnreadable }: JobsReadOptions = {}) {
      reads.push('all');
      for (const name of Object.keys(jobs)) {
        const reading = now(name);
        if (reading instanceof UnreadableJob) onUnreadable?.(reading, name);
        else if (reading instanceof Error) throw reading;
        else if (reading !== null) yield reading;
      }
    },
    async leader() {
      if (leader instanceof Error) throw leader;
      return { value: leader, whom: 'n1' };
    },
  };
  return { client: client as unknown as Dkron & { closed: boolean }, reads };
}

describe('what a server has', () => {
  it('is read one by one, or in one list where that is cheaper', async () => {
    const read = async (listed?: number) => {
      const { client, reads } = clientWith({ a, odd, other: textOf(aJob({ name: 'other' })) });
      const found = await currentAll(client, ['a', 'odd', 'none'], {}, listed);
      expect([...found]).toEqual([
        ['a', a],
        ['odd', odd],
        ['none', null],
      ]);
      return reads;
    };
    expect(await read()).toEqual(['a', 'odd', 'none']);
    expect(await read(16)).toEqual(['a', 'odd', 'none']);
    expect(await read(15)).toEqual(['all']);
  });

  it('of one job is nothing, or an error', async () => {
    const { client } = clientWith({ a, gone });
    expect(await current(client, 'a')).toBe(a);
    expect(await current(client, 'none')).toBeNull();
    await expect(current(client, 'gone')).rejects.toBe(gone);
    await expect(currentAll(client, ['gone'], {})).rejects.toBe(gone);
  });

  it('tells failures apart together with its leader', async () => {
    const of = (name: string, leader?: unknown) =>
      circumstances(
        clientWith({ a, gone, broken: new TypeError('x is not a function') }, leader).client,
        name,
      );
    expect(await of('a')).toEqual({ now: a, leader: 'n1' });
    expect(await of('none', null)).toEqual({ now: null, leader: null });
    expect(await of('gone')).toEqual({ now: undefined, leader: undefined });
    expect(await of('a', new ServerError('x'))).toEqual({ now: undefined, leader: undefined });
    await expect(of('broken')).rejects.toThrow('x is not a function');
  });
});

describe('looking again', () => {
  const retries = (count: number) => textOf(aJob({ name: 'a', retries: count }));
  const hasTwo = (now: JobText | null) => now?.job.retries === 2;

  /** What is seen of `a` in the end, how often it was read, and the pauses. */
  async function look(readings: Reading[], more: Partial<Looking> = {}) {
    const { client, reads } = clientWith({ a: readings });
    const slept: number[] = [];
    const waits: string[] = [];
    const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
    const onWait = ({ message }: Error) => waits.push(message);
    const looking = { clock, onWait, ...more };
    const seen = (await lookAgain(client, new Map([['a', hasTwo]]), looking)).get('a');
    return { seen, reads: reads.length, slept, waits };
  }

  it('ends when it is as expected, else after some three seconds', async () => {
    const good = await look([retries(1), retries(1), retries(2)]);
    expect(good).toMatchObject({ seen: { holds: true }, reads: 3, slept: [50, 100], waits: [] });
    const bad = await look([retries(1)]);
    expect(bad.seen).toMatchObject({ holds: false, now: retries(1) });
    expect(bad.slept.reduce((sum, ms) => sum + ms)).toBe(3100);
    expect(bad.reads).toBe(bad.slept.length + 1);
  });

  it('goes on past what cannot be read, and says why in the end', async () => {
    expect(await look([odd, retries(2)])).toMatchObject({ seen: { holds: true }, waits: [] });
    expect((await look([odd])).seen).toEqual({ holds: false, now: undefined, failure: odd });
  });

  it('waits for a server that is away, and begins anew when it is back', async () => {
    const back = await look([gone, gone, retries(1), retries(2)]);
    expect(back).toMatchObject({ seen: { holds: true }, slept: [1000, 1000, 50] });
    expect(back.waits).toEqual(['it is gone']);
    const away = await look([gone]);
    expect(away.seen).toEqual({ holds: false, now: undefined, failure: gone });
    expect(away.slept).toEqual(Array.from({ length: 30 }, () => 1000));
  });

  it('counts how long the readings took as well', async () => {
    let now = 0;
    const slept: number[] = [];
    const clock = {
      now: () => {
        now += 2500;
        return now;
      },
      sleep: async (ms: number) => void slept.push(ms),
    };
    await look([gone], { clock });
    expect(slept).toHaveLength(9);
  });

  it('takes nothing from another cluster, and waits for the right one', async () => {
    const other = new OtherCluster('another cluster answers');
    let looks = 0;
    const until = (count: number) => async () => (++looks <= count ? other : null);
    const back = await look([retries(2)], { elsewhere: until(2), isLost: true });
    expect(back).toMatchObject({ seen: { holds: true }, slept: [1000, 1000] });
    expect(back.waits).toEqual(['another cluster answers']);
    const never = await look([retries(2)], { elsewhere: async () => other, isLost: true });
    expect(never.seen).toEqual({ holds: false, now: undefined, failure: other });
    const unlike = await look([retries(1)], { elsewhere: async () => other });
    expect(unlike.seen).toEqual({ holds: false, now: undefined, failure: other });
    const answered = await look([retries(2)], { elsewhere: async () => other });
    expect(answered.seen).toMatchObject({ holds: true });
  });

  it('does not wait for a client that was closed', async () => {
    const { client, reads } = clientWith({ a: gone });
    client.closed = true;
    const clock = { now: () => 0, sleep: async () => {} };
    await lookAgain(client, new Map([['a', hasTwo]]), { clock });
    expect(reads).toHaveLength(1);
  });

  it.each(['before', 'when it is told', 'while it waits'])(
    'does not wait any more once the signal comes %s',
    async (when) => {
      const controller = new AbortController();
      const { signal } = controller;
      if (when === 'before') controller.abort();
      const onWait = () => when === 'when it is told' && controller.abort();
      const slept: number[] = [];
      const sleep = (ms: number) => {
        slept.push(ms);
        controller.abort();
        return new Promise<void>(() => {});
      };
      const { seen, reads } = await look([gone], {
        signal,
        onWait,
        clock: { now: () => 0, sleep },
      });
      expect(seen?.failure).toBe(gone);
      expect(reads).toBe(when === 'before' ? 1 : 2);
      expect(slept).toHaveLength(when === 'while it waits' ? 1 : 0);
    },
  );

  it('waits all the same where the signal does not come, and for what answers late', async () => {
    const { signal } = new AbortController();
    expect((await look([gone, retries(2)], { signal })).slept).toEqual([1000]);
    const aborted = AbortSignal.abort();
    expect((await look([retries(1), retries(2)], { signal: aborted })).slept).toEqual([50]);
  });

  it('does not hide a defect', async () => {
    await expect(look([new TypeError('x is not a function')])).rejects.toThrow(
      'x is not a function',
    );
  });
});

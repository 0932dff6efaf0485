/** What is read of a server whose list is long, and what is made of it. */
import { describe, expect, it } from 'vitest';
import { NotFound, Unreachable } from '../../../src/base/errors.ts';
import type { Looked } from '../../../src/console/effects/look.ts';
import { startPoller } from '../../../src/console/effects/poller.ts';
import type { MessageOf } from '../../../src/console/state/message.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Dkron, ListReadOptions } from '../../../src/dkron/client.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { Job, JobText } from '../../../src/job/job.ts';
import { fakeClock } from '../../support/clock.ts';
import { aJob, anExecution, textOf } from '../../support/jobs.ts';
import { known } from '../../support/known.ts';

type Refreshed = MessageOf<'refreshed'>;

const node = (name: string) => ({ Name: name, Addr: '10.0.0.1', Port: 8946, Tags: {}, Status: 1 });
/** Forty seconds of a list's share. */
const long = 600_000;

/** A poller of a server with a long list, which tests set right while it runs. */
async function watching(
  options: { jobs?: Partial<Job>[]; shown?: string[]; bytes?: number; worked?: number } = {},
) {
  const clock = fakeClock();
  const messages: Message[] = [];
  const attention = { shown: options.shown ?? ['a'], usedAt: null as number | null };
  const server = {
    jobs: new Map((options.jobs ?? [{ name: 'a' }, { name: 'b' }]).map((job) => [job.name!, job])),
    leader: 'n1' as string | null,
    /** Who answers for single jobs. */
    whom: 'n1',
    busy: [] as Execution[] | null,
    error: null as Error | null,
    recognises: true,
    asked: [] as string[],
    bytes: options.bytes ?? long,
  };
  const entry = (name: string): JobText => textOf(aJob(server.jobs.get(name)));
  async function* jobBytes({ onHead, onBytes }: ListReadOptions = {}) {
    server.asked.push('list');
    clock.advance(options.worked ?? 0);
    if (server.error) throw server.error;
    onHead?.({ whom: 'n1', total: null });
    onBytes?.(server.bytes);
    for (const name of server.jobs.keys()) yield [Buffer.from(entry(name).text)];
  }
  const client: Partial<Dkron> = {
    url: 'http://d',
    skew: 0,
    jobBytes,
    renew: () => {},
    job: async (name) => {
      server.asked.push(name);
      if (server.error) throw server.error;
      if (!server.jobs.has(name)) throw new NotFound(name);
      return { value: entry(name), whom: server.whom };
    },
    server: async () => {
      if (server.error) throw server.error;
      return { value: { name: 'n1', version: '4.1.2', tags: {} }, whom: 'n1' };
    },
    leader: async () => ({
      value: server.leader === null ? null : node(server.leader),
      whom: 'n1',
    }),
    members: async () => ({ value: [node('n1'), node('n2')], whom: 'n1' }),
    busy: async () => {
      if (server.busy === null) throw new Unreachable('a node does not answer');
      return { value: server.busy, whom: 'n1' };
    },
    paused: async () => ({ value: false, whom: 'n1' }),
  };
  const poller = startPoller({
    client: client as Dkron,
    clock,
    dispatch: (message) => messages.push(message),
    recognise: async ({ some }: Looked) => some === undefined || server.recognises,
    known,
    random: () => 0.5,
    attention: () => attention,
  });
  const settled = async (): Promise<void> => {
    for (let turns = 0; turns < 20; turns++)
      await new Promise<void>((resolve) => setImmediate(resolve));
  };
  /** What was asked for in so many ms. */
  const pass = async (ms: number): Promise<string[]> => {
    server.asked.length = 0;
    for (const end = clock.now() + ms; clock.now() < end; ) {
      clock.advance(Math.min(clock.waiting()[0] ?? ms, end - clock.now()));
      await settled();
    }
    return [...server.asked];
  };
  const last = (): Refreshed => messages.findLast((one) => one.type === 'refreshed') as Refreshed;
  await settled();
  return { clock, server, attention, poller, messages, pass, last, settled };
}

const look = 2_000;

describe('of a long list', () => {
  it('the jobs on the screen are read one by one, at every look', async () => {
    const { pass, last, clock, server } = await watching();
    const first = last();
    expect(server.asked).toEqual(['list']);
    const listed = clock.now();
    expect(await pass(3 * look)).toEqual(['a', 'a', 'a']);
    expect(last()).toMatchObject({ at: listed, liveAt: clock.now(), leader: 'n1', whom: 'n1' });
    expect(last().jobs).toBe(first.jobs);
  });

  it('an edit by others is seen on the screen at the next look; elsewhere with the list', async () => {
    const { pass, last, server } = await watching();
    server.jobs.set('a', { name: 'a', owner: 'ops' });
    server.jobs.set('b', { name: 'b', owner: 'ops' });
    const before = last().jobs.get('b');
    await pass(look);
    expect(last().jobs.get('a')?.job.owner).toBe('ops');
    expect(last().jobs.get('b')).toBe(before);
    await pass(40_000);
    expect(last().jobs.get('b')?.job.owner).toBe('ops');
  });

  it('what fires is read when it does, and until it has run', async () => {
    const { pass, last, server } = await watching({
      jobs: [{ name: 'a' }, { name: 'b', schedule: '40 31 14 * * *' }],
    });
    expect(await pass(5 * look)).not.toContain('b');
    expect(await pass(look)).toEqual(['a', 'b']);
    server.jobs.set('b', { name: 'b', schedule: '40 31 14 * * *', success_count: 1 });
    expect(await pass(look)).toEqual(['a', 'b']);
    expect(last().jobs.get('b')?.job.success_count).toBe(1);
    expect(await pass(2 * look)).toEqual(['a', 'a']);
  });

  it('what somebody ran is read when it has ended', async () => {
    const { pass, server } = await watching();
    server.busy = [anExecution({ job_name: 'b' })];
    expect(await pass(2 * look)).toContain('b');
    expect(await pass(5 * look)).not.toContain('b');
    server.busy = [];
    expect(await pass(2 * look)).toContain('b');
  });

  it('it is read whole again when its share allows, sooner while somebody is at the keys', async () => {
    const { pass, attention, clock } = await watching({ bytes: 10 * long });
    expect(await pass(390_000)).not.toContain('list');
    expect(await pass(20_000)).toContain('list');
    expect(await pass(50_000)).not.toContain('list');
    attention.usedAt = clock.now();
    expect(await pass(12_000)).toContain('list');
  });

  it('it is read whole at every look as long as it is short', async () => {
    const { pass } = await watching({ bytes: 100_000 });
    expect(await pass(2 * look)).toEqual(['list', 'list']);
  });

  it('it may take its time: what is shown meanwhile is not late', async () => {
    const { pass, messages } = await watching({ worked: 3_000 });
    await pass(610_000);
    const told = messages.flatMap((one) => (one.type === 'due' ? one.nextAt - one.now : []));
    expect(told).toEqual([3_000]);
  });

  it('it costs the server half a hundredth of a core', async () => {
    const { pass } = await watching({ worked: 1_000 });
    const asked = await pass(990_000);
    expect(asked.filter((what) => what === 'list')).toHaveLength(4);
  });

  it('what is shown is read soon after a list that took long', async () => {
    const { pass } = await watching({ worked: 20_000 });
    expect(await pass(2 * look)).toEqual(['a', 'a']);
  });

  it('it costs the way no more than 50 kB/s, whatever is shown', async () => {
    const jobs = Array.from({ length: 60 }, (_, at) => ({
      name: `job${at}`,
      executor_config: { body: 'x'.repeat(1_000) },
    }));
    const shown = jobs.map(({ name }) => name);
    const { pass, server } = await watching({ jobs, shown, bytes: 14_400_000 });
    const hour = 3_600_000;
    const asked = await pass(hour);
    const lists = asked.filter((what) => what === 'list').length;
    expect(lists).toBeGreaterThan(2);
    const bytes = lists * server.bytes + (asked.length - lists) * textOf(aJob(jobs[0])).text.length;
    expect(bytes / hour).toBeLessThan(50);
    expect(bytes / hour).toBeGreaterThan(30);
  });

  it('all is read when it is asked for, and only these jobs when it is known which', async () => {
    const { poller, pass, settled, server } = await watching({ shown: [] });
    await pass(look);
    server.asked.length = 0;
    poller.refresh(['b']);
    await settled();
    expect(server.asked).toEqual(['b']);
    // A follower may have it a moment later.
    expect(await pass(2 * look)).toEqual(['b']);
    poller.refresh();
    await settled();
    expect(server.asked).toContain('list');
  });

  it('a crowd that fires at once is read a part at a time, and by a list as soon as may be', async () => {
    const jobs = Array.from({ length: 1_000 }, (_, at) => ({
      name: `job${at}`,
      schedule: '30 * * * * *',
    }));
    const { pass } = await watching({ jobs, bytes: 10 * long, shown: [] });
    const asked = await pass(look);
    expect(asked).not.toContain('list');
    expect(asked.length).toBeLessThan(200);
    expect(await pass(60_000)).toContain('list');
  });
});

describe('what only a list explains', () => {
  it('is another leader', async () => {
    const { pass, server, last } = await watching();
    await pass(look);
    server.leader = 'n2';
    expect(await pass(look)).toEqual(['a', 'list']);
    expect(last()).toMatchObject({ leader: 'n2' });
    server.whom = 'n2';
    expect(await pass(look)).toEqual(['a']);
  });

  it('is a node that is none of the cluster: nothing of it is shown', async () => {
    const { pass, server, messages } = await watching();
    server.whom = 'elsewhere';
    server.jobs.set('a', { name: 'a', owner: 'others' });
    const before = messages.length;
    expect(await pass(look)).toEqual(['a', 'list']);
    const told = messages.slice(before).filter((one) => one.type === 'refreshed');
    expect(told.map((one) => (one as Refreshed).liveAt)).toEqual([undefined]);
  });

  it('is none while the server has its pause from the last one', async () => {
    const { pass, server } = await watching({ worked: 10_000 });
    server.whom = 'elsewhere';
    expect(await pass(39_000)).toEqual(['a']);
    expect(await pass(2_000)).toEqual(['list']);
  });

  it('is a few jobs that are not surely of this cluster', async () => {
    const { pass, server } = await watching();
    server.recognises = false;
    expect(await pass(look)).toEqual(['a', 'list']);
  });

  it('is another leader, and somebody asks meanwhile: he does not wait for the server’s pause', async () => {
    const { clock, server, poller, settled } = await watching({ worked: 10_000 });
    server.leader = 'n2';
    server.asked.length = 0;
    clock.advance(look);
    poller.refresh();
    await settled();
    expect(server.asked).toContain('list');
  });

  it('is a job that is gone: its row goes at once, the list comes when it may', async () => {
    const { pass, server, last } = await watching({ shown: ['a', 'b'], bytes: 10 * long });
    server.jobs.delete('b');
    expect(await pass(look)).toEqual(['a', 'b']);
    expect([...last().jobs.keys()]).toEqual(['a']);
    expect(await pass(60_000)).toContain('list');
  });

  it('is a job that is gone by the word of a follower, which may not have it yet', async () => {
    const { pass, server, last } = await watching({ shown: ['a', 'b'] });
    server.jobs.delete('b');
    server.whom = 'n2';
    await pass(look);
    expect([...last().jobs.keys()]).toEqual(['a', 'b']);
  });

  it('is that many are gone', async () => {
    const shown = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { pass, server, last } = await watching({ shown, jobs: shown.map((name) => ({ name })) });
    for (const name of shown.slice(1)) server.jobs.delete(name);
    expect(await pass(look)).toContain('list');
    expect([...last().jobs.keys()]).toEqual(['a']);
  });
});

describe('a node that lags', () => {
  it('takes no job back in time', async () => {
    const ran = { name: 'a', success_count: 7, last_success: '2026-11-21T14:30:00Z' };
    const { pass, server, last } = await watching({ jobs: [ran, { name: 'b' }] });
    server.whom = 'n2';
    server.jobs.set('a', { ...ran, success_count: 6, last_success: '2026-11-21T14:29:00Z' });
    await pass(look);
    expect(last().node.behind).toBe(true);
    expect(last().jobs.get('a')?.job.success_count).toBe(7);
    server.jobs.set('a', { ...ran, success_count: 8, last_success: '2026-11-21T14:31:30Z' });
    await pass(look);
    expect(last().node.behind).toBe(false);
    expect(last().jobs.get('a')?.job.success_count).toBe(8);
  });
});

describe('a way that fails', () => {
  it('is told, and what was shown is read again as soon as it is back', async () => {
    const { pass, server, messages, last } = await watching();
    server.error = new Unreachable('http://d cannot be reached: connection refused');
    await pass(look);
    expect(messages.at(-1)).toMatchObject({ type: 'lost' });
    server.jobs.set('a', { name: 'a', owner: 'ops' });
    server.error = null;
    expect(await pass(3_000)).not.toContain('list');
    expect(messages.at(-1)).toMatchObject({ type: 'refreshed' });
    expect(last().jobs.get('a')?.job.owner).toBe('ops');
  });

  it('does not hide what runs, where nobody can tell', async () => {
    const { pass, server, last } = await watching();
    server.busy = null;
    await pass(look);
    expect(last().busy).toBeNull();
  });

  it('after hours of sleep one list is read, not a herd of jobs', async () => {
    const jobs = Array.from({ length: 1_000 }, (_, at) => ({
      name: `job${at}`,
      schedule: '0 * * * * *',
    }));
    const { pass, clock } = await watching({ jobs, shown: [] });
    await pass(look);
    clock.set(clock.now() + 8 * 3_600_000);
    expect(await pass(look)).toEqual(['list']);
  });
});

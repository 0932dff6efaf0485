import { describe, expect, it } from 'vitest';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import type { JobTable } from '../../src/job/table.ts';
import { createOverseer, type Overseer } from '../../src/oversight/overseer.ts';
import { definitionKey } from '../../src/oversight/sightings.ts';
import { aJob, anExecution, jobsByName, textOf } from '../support/jobs.ts';

const at = (clock: string): number => Date.parse(`2026-11-21T${clock}Z`);
const iso = (clock: string): string => `2026-11-21T${clock}Z`;

const aNode = { server: 'true', region: 'global' };

/** A console that looks at a server again and again, and is told what it asks for. */
function watching(first: readonly Partial<Job>[], from: string, sightings?: Partial<Job>) {
  const overseer: Overseer = createOverseer({
    grace: 60_000,
    serverZone: 'UTC',
    sightings: {
      since: (job) =>
        sightings && definitionKey(job) === definitionKey(aJob(sightings)) ? 0 : undefined,
    },
  });
  let jobs: JobTable = jobsByName(first);
  let busy: readonly Execution[] | null = [];
  let leader: string | null = 'n1';
  let nodes: readonly Record<string, string>[] | undefined = [aNode];
  const stored = new Map<string, readonly Execution[]>();
  const asked: string[] = [];
  function look(clock: string): void {
    const now = at(clock);
    const around = { version: '4.1.2', nodes };
    overseer.saw({ jobs, fresh: null, busy, at: now, leader, ...around });
    for (let rounds = 0; rounds < 5; rounds++) {
      for (let next = overseer.work(now, 3); next !== null && next <= now; )
        next = overseer.work(now, 3);
      const name = overseer.suspect();
      if (name === null) return;
      asked.push(name);
      overseer.told(name, stored.get(name) ?? [], now);
    }
  }
  look(from);
  return {
    look,
    asked,
    news: overseer.news,
    stored,
    runs: (...now: readonly Execution[]) => (busy = now),
    leads: (name: string | null) => (leader = name),
    nodes: (now: typeof nodes) => (nodes = now),
    put: (...changed: readonly Partial<Job>[]) =>
      (jobs = jobs.with(
        changed.map((job) => textOf({ ...aJob(), ...jobs.get(job.name!)?.job, ...job })),
      )),
    remove: (name: string) => (jobs = jobs.without(new Set([name]))),
    states: () =>
      Object.fromEntries(
        [...overseer.troubles()].map(([name, { state, at: first }]) => [
          name,
          `${state} ${new Date(first).toISOString().slice(11, 19)}`,
        ]),
      ),
    cause: (name: string) => overseer.troubles().get(name)?.cause,
    troubles: overseer.troubles,
  };
}

const a = { name: 'a', schedule: '0 */5 * * * *', next: iso('14:05:00') };

describe('a job of every five minutes', () => {
  it('is late after the grace, and missed for an hour once it runs again', () => {
    const on = watching([a], '14:04:00');
    on.look('14:05:30');
    expect(on.states()).toEqual({});
    on.look('14:06:00');
    expect(on.states()).toEqual({ a: 'late 14:05:00' });
    on.look('14:09:00');
    on.put({ ...a, next: iso('14:15:00'), success_count: 1, last_success: iso('14:10:01') });
    on.look('14:10:02');
    expect(on.states()).toEqual({ a: 'missed 14:05:00' });
    expect(on.news()).toMatchObject([
      { job: 'a', at: at('14:05:00'), until: at('14:05:00'), count: 1, endedAt: at('14:10:02') },
    ]);
    on.put({ ...a, next: iso('15:15:00'), success_count: 13, last_success: iso('15:10:01') });
    on.look('15:10:01');
    expect(on.states()).toEqual({ a: 'missed 14:05:00' });
    on.look('15:11:00');
    expect(on.states()).toEqual({});
    expect(on.asked).toEqual([]);
  });

  it('is the very same map while nothing changes', () => {
    const on = watching([a], '14:04:00');
    on.look('14:06:00');
    const before = on.troubles();
    on.look('14:06:02');
    on.look('14:07:30');
    expect(on.troubles()).toBe(before);
  });

  it('may have been disabled over a firing that nobody saw, until it owes another', () => {
    const on = watching([a], '14:07:00');
    expect(on.states()).toEqual({ a: 'overdue 14:05:00' });
    on.look('14:10:59');
    expect(on.states()).toEqual({ a: 'overdue 14:05:00' });
    on.look('14:11:00');
    expect(on.states()).toEqual({ a: 'late 14:10:00' });
  });

  it('is late at once where it was seen before', () => {
    expect(watching([a], '14:07:00', a).states()).toEqual({ a: 'late 14:05:00' });
  });

  it('owes nothing of the time before it was enabled, changed or made', () => {
    const on = watching([{ ...a, disabled: true }, { name: 'z' }], '14:04:00');
    on.put({ name: 'a', disabled: false }, { ...a, name: 'b' });
    on.look('14:06:30');
    expect(on.states()).toEqual({ a: 'overdue 14:05:00', b: 'overdue 14:05:00' });
    on.put({ ...a, disabled: true });
    on.remove('b');
    on.look('14:06:40');
    expect(on.states()).toEqual({});
    expect(on.news()).toEqual([]);
  });

  it('names the leader that went over it', () => {
    const on = watching([a], '14:04:58');
    on.leads('n2');
    on.look('14:05:08');
    on.look('14:06:00');
    expect(on.cause('a')).toEqual({ kind: 'leader', from: 'n1', to: 'n2', at: at('14:05:08') });
  });

  it('names who was silent, and who stood still beside it', () => {
    const on = watching([a], '14:04:00');
    on.look('14:07:00');
    expect(on.cause('a')).toEqual({ kind: 'silent', from: at('14:04:00'), to: at('14:07:00') });
    const others = ['b', 'c'].map((name) => ({ ...a, name }));
    const still = watching([...others, a], '14:04:50');
    for (const clock of ['14:05:03', '14:05:16', '14:05:29', '14:05:42', '14:05:55', '14:06:01'])
      still.look(clock);
    expect(still.cause('a')).toEqual({ kind: 'standstill', others: 2 });
  });
});

describe('a job with a period shorter than the grace', () => {
  const often = { name: 'a', schedule: '*/10 * * * * *', next: iso('14:05:00') };

  it('has missed what was owed when it moved on by a later firing', () => {
    const on = watching([often], '14:04:58');
    on.look('14:05:04');
    expect(on.states()).toEqual({});
    on.put({ ...often, next: iso('14:05:20'), success_count: 1, last_success: iso('14:05:10.2') });
    on.look('14:05:11');
    expect(on.states()).toEqual({ a: 'missed 14:05:00' });
    expect(on.news()).toMatchObject([{ count: 1, at: at('14:05:00') }]);
  });

  it('has missed nothing that came late, that runs, or that was not seen', () => {
    const on = watching([often], '14:04:58');
    on.look('14:05:04');
    on.put({ ...often, next: iso('14:05:10'), success_count: 1, last_success: iso('14:05:04.5') });
    on.look('14:05:06');
    expect(on.states()).toEqual({});
    const slow = watching([often], '14:04:58');
    slow.runs(anExecution({ job_name: 'a', started_at: iso('14:05:00') }));
    slow.look('14:05:04');
    slow.put({ ...often, next: iso('14:05:20'), success_count: 1, last_success: iso('14:05:10') });
    slow.look('14:05:11');
    expect(slow.states()).toEqual({});
    const away = watching([often], '14:04:58');
    away.put({ ...often, next: iso('14:06:20'), success_count: 2, last_success: iso('14:06:10') });
    away.look('14:06:11');
    expect(away.states()).toEqual({});
  });

  it('counts a firing once, on however many nodes it runs', () => {
    const on = watching([often], '14:04:58');
    on.nodes([aNode, aNode, aNode]);
    on.look('14:05:04');
    on.put({ ...often, next: iso('14:05:20'), success_count: 3, last_success: iso('14:05:10.2') });
    on.look('14:05:11');
    expect(on.states()).toEqual({ a: 'missed 14:05:00' });
    const both = watching([often], '14:04:58');
    both.nodes([aNode, aNode, aNode]);
    both.look('14:05:04');
    both.put({
      ...often,
      next: iso('14:05:20'),
      success_count: 6,
      last_success: iso('14:05:10.2'),
    });
    both.look('14:05:11');
    expect(both.states()).toEqual({});
  });

  it('of @every is not counted on: its phase may be another', () => {
    const every = { ...often, schedule: '@every 10s' };
    const on = watching([every], '14:04:58');
    on.look('14:05:04');
    on.put({ ...every, next: iso('14:05:28'), success_count: 1, last_success: iso('14:05:18') });
    on.look('14:05:19');
    expect(on.states()).toEqual({});
  });
});

describe('a job that forbids a second run', () => {
  const one = { ...a, concurrency: 'forbid' };
  const run = anExecution({
    job_name: 'a',
    started_at: iso('14:00:00'),
    finished_at: '0001-01-01T00:00:00Z',
  });

  it('is held while a run goes on, and stuck once nobody runs it', () => {
    const on = watching([one], '14:04:00');
    on.runs(run);
    on.look('14:06:00');
    expect([on.states(), on.cause('a')]).toEqual([
      { a: 'late 14:05:00' },
      { kind: 'held', since: at('14:00:00'), node: 'n1' },
    ]);
    on.runs();
    on.stored.set('a', [run]);
    on.look('14:06:02');
    on.look('14:06:04');
    on.look('14:06:06');
    expect([on.states(), on.cause('a')]).toEqual([
      { a: 'stuck 14:05:00' },
      { kind: 'orphan', since: at('14:00:00'), node: 'n1' },
    ]);
    expect(on.asked).toEqual(['a']);
  });

  it('is nothing any more when its runs were cleared and it fires again', () => {
    const on = watching([one], '14:04:00');
    on.stored.set('a', [run]);
    on.look('14:06:00');
    on.look('14:06:04');
    on.look('14:07:10');
    expect(on.states()).toEqual({ a: 'stuck 14:05:00' });
    on.put({ ...one, next: iso('14:15:00'), success_count: 1, last_success: iso('14:10:00.3') });
    on.look('14:10:01');
    expect(on.states()).toEqual({ a: 'missed 14:05:00' });
  });
});

describe('a job that no node takes', () => {
  it('goes nowhere: each firing moves `next` on, and nothing follows', () => {
    const on = watching([a], '14:04:00');
    on.put({ ...a, next: iso('14:10:00') });
    on.look('14:05:02');
    expect(on.states()).toEqual({});
    on.look('14:06:01');
    expect(on.states()).toEqual({ a: 'nowhere 14:05:00' });
    on.put({ ...a, next: iso('14:15:00') });
    on.look('14:10:01');
    expect(on.states()).toEqual({ a: 'nowhere 14:05:00' });
    on.put({ ...a, next: iso('14:20:00'), success_count: 1, last_success: iso('14:15:01') });
    on.look('14:15:02');
    expect(on.states()).toEqual({});
  });

  it('is told by its tags once it is known who is alive', () => {
    const on = watching([{ ...a, tags: { role: 'db' } }, { name: 'b' }], '14:04:00');
    on.nodes([{ ...aNode, role: 'db' }]);
    on.look('14:04:02');
    expect(on.states()).toEqual({});
    on.nodes([aNode]);
    on.look('14:04:04');
    expect(on.states()).toEqual({ a: 'nowhere 14:05:00' });
  });

  it('is told by its tags at once', () => {
    const on = watching([{ ...a, tags: { role: 'db' } }], '14:04:00');
    expect(on.states()).toEqual({ a: 'nowhere 14:05:00' });
    expect(on.cause('a')).toEqual({ kind: 'tags', tags: ['role db'] });
    expect(on.asked).toEqual([]);
  });
});

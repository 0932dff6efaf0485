import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { type Around, type Judgment, judge, type Known } from '../../src/oversight/judge.ts';
import type { Verdict } from '../../src/oversight/verdict.ts';
import { aJob, anExecution } from '../support/jobs.ts';

const day = '2026-11-21T';
const at = (clock: string): number => Date.parse(`${day}${clock}Z`);
const iso = (clock: string): string => `${day}${clock}Z`;

const nodes = [{ region: 'global', server: 'true', role: 'web' }];

/** At 14:10, a job of every five minutes that should have run at 14:05, seen since noon. */
function judged(
  job: Partial<Job>,
  known: Partial<Known> & { readonly forbids?: () => boolean } = {},
  around: Partial<Around> = {},
): Judgment {
  const now = around.now ?? at('14:10:00');
  return judge(
    {
      job: aJob({ next: iso('14:05:00'), ...job }),
      forbids: () => job.concurrency === 'forbid',
      readAt: now,
      since: at('12:00:00'),
      busy: [],
      idleLooks: 0,
      executions: null,
      fired: null,
      ...known,
    },
    { grace: 60_000, serverZone: 'UTC', version: '4.1.2', nodes, ...around, now },
  );
}

const verdict = (...given: Parameters<typeof judged>): Verdict | null => judged(...given).verdict;
const run = (started: string, finished = '0001-01-01T00:00:00Z') =>
  anExecution({ started_at: iso(started), finished_at: finished, node_name: 'n2' });
const late: Partial<Verdict> = { state: 'late', at: at('14:05:00'), cause: { kind: 'unknown' } };

describe('a firing that `next` still promises', () => {
  it('is late once it is over by more than the grace', () => {
    expect(verdict({})).toEqual(late);
    expect(judged({}, {}, { now: at('14:05:59.999') })).toMatchObject({
      verdict: null,
      again: at('14:06:00'),
    });
    expect(verdict({}, {}, { now: at('14:05:59'), grace: 30_000 })).toEqual(late);
  });

  it.each<[string, Partial<Job>]>([
    ['is disabled', { disabled: true }],
    ['has a parent', { parent_job: 'root' }],
    ['has no schedule', { schedule: '@manually' }],
    ['cannot be read', { schedule: 'nonsense' }],
    ['is to run later', { next: iso('14:15:00') }],
    ['never runs', { next: '0001-01-01T00:00:00Z' }],
    ['has not started yet', { starts_at: iso('15:00:00'), next: iso('14:05:00') }],
    ['has expired before it', { expires_at: iso('14:04:59') }],
    ['expired at that instant', { expires_at: iso('14:05:00') }],
    ['had its one firing in the past when it was saved', { schedule: '@at 2026-11-20T00:00:00Z' }],
    ['is not due by its zone', { schedule: '0 5 14 * * *', timezone: 'Asia/Kathmandu' }],
    ['may have begun its `@every` anew', { schedule: '@every 10m' }],
  ])('is nothing of a job that %s', (_, job) => {
    expect(verdict(job)).toBeNull();
  });

  it.each([
    ['*/2 * * * * *', '14:04:58.006', 'stuck'],
    ['@every 2s', '14:04:58.006', 'stuck'],
    ['58,0 4,5 14 * * *', '14:04:58.006', 'stuck'],
    ['*/2 * * * * *', '14:04:59.100', undefined],
    ['0 5 14 * * *', '14:04:58.006', undefined],
    ['@every 5m', '14:04:58.006', undefined],
  ])('of `%s`: a run since %s is that of the nearest firing: %s', (schedule, started, state) => {
    const job: Partial<Job> = { schedule, concurrency: 'forbid' };
    const known = { executions: [run(started)], idleLooks: 2 };
    expect(verdict(job, known)?.state).toBe(state);
    const isRunning = { busy: [run(started)], executions: [] };
    expect(verdict(job, isRunning)?.cause.kind).toBe(state && 'held');
  });

  it('is due at the first instant from `starts_at`, which is none itself', () => {
    const job = { starts_at: iso('14:02:30'), next: iso('14:02:30') };
    expect(verdict(job)).toEqual(late);
    expect(verdict(job, {}, { now: at('14:05:30') })).toBeNull();
  });

  it('of `@every` is late when it cannot have begun anew', () => {
    const job = { schedule: '@every 3m' };
    expect(judged(job, {}, { now: at('14:08:59') })).toMatchObject({
      verdict: null,
      again: at('14:09:00'),
    });
    expect(verdict(job)).toEqual(late);
  });

  it('of `@at` is late until something of it ran', () => {
    const job = { schedule: `@at ${iso('14:05:00')}` };
    expect(verdict(job)).toEqual(late);
    expect(judged({ ...job, last_success: iso('14:05:02') })).toMatchObject({
      verdict: null,
      ask: false,
    });
    expect(judged(job, { busy: null }).ask).toBe(true);
    const executions = [run('14:05:00')];
    expect(verdict(job, { busy: null, executions })).toBeNull();
  });

  it('came, where a run began then or has ended since: its executions decide', () => {
    expect(verdict({}, { busy: [run('14:05:00')] })).toBeNull();
    const ran = { last_success: iso('14:05:30') };
    expect(judged(ran)).toMatchObject({ verdict: null, ask: true });
    expect(verdict(ran, { executions: [run('14:05:00', iso('14:05:30'))] })).toBeNull();
    expect(verdict(ran, { executions: [run('13:50:00', iso('14:05:30'))] })).toEqual(late);
  });

  it('is not told of a job that was read before it', () => {
    expect(judged({}, { readAt: at('14:05:01') })).toMatchObject({ verdict: null, reread: true });
  });
});

describe('a job that was not seen before the firing', () => {
  const since = at('14:07:00');

  it('may have been disabled then', () => {
    expect(judged({}, { since })).toMatchObject({
      verdict: { state: 'overdue', at: at('14:05:00') },
      again: at('14:11:00'),
    });
  });

  it('owes the next one that passes', () => {
    expect(verdict({}, { since }, { now: at('14:11:00') })).toMatchObject({
      state: 'late',
      at: at('14:10:00'),
    });
    const every = { schedule: '@every 3m' };
    expect(verdict(every, { since }, { now: at('14:10:59') })?.state).toBe('overdue');
    expect(verdict(every, { since }, { now: at('14:11:00') })?.state).toBe('late');
  });
});

describe('a job that forbids a second run', () => {
  const job = { concurrency: 'forbid' };

  it('is held by one that goes on', () => {
    const busy = [run('14:01:00')];
    const cause = { kind: 'held', since: at('14:01:00'), node: 'n2' };
    expect(verdict(job, { busy })).toEqual({ ...late, cause });
    expect(verdict({ ...job, schedule: '@every 1h' }, { busy })).toEqual({ ...late, cause });
    expect(verdict({}, { busy })).toEqual(late);
    // Whether it was enabled then is not known; that it does not run now is.
    expect(verdict(job, { busy, since: at('14:07:00') })?.state).toBe('late');
  });

  it('is stuck by one that nobody runs, where Dkron asks what is stored', () => {
    expect(judged(job)).toMatchObject({ verdict: null, ask: true });
    const executions = [run('14:04:00'), run('14:00:00', iso('14:00:02'))];
    expect(verdict(job, { executions, idleLooks: 2 })).toEqual({
      state: 'stuck',
      at: at('14:05:00'),
      cause: { kind: 'orphan', since: at('14:04:00'), node: 'n2' },
    });
    expect(judged(job, { executions, idleLooks: 1 })).toMatchObject({ verdict: null, waits: true });
    expect(verdict(job, { executions: [], idleLooks: 2 })).toEqual(late);
    expect(verdict(job, {}, { version: '3.2.7' })).toEqual(late);
    expect(verdict(job, { busy: null })).toEqual(late);
  });
});

describe('a firing that moved `next` on', () => {
  const job = { next: iso('14:15:00') };
  const fired = { at: at('14:05:00'), ends: 0 };

  it('went nowhere where nothing followed', () => {
    expect(judged(job, { fired })).toMatchObject({ verdict: null, ask: true });
    expect(verdict(job, { fired, executions: [run('14:00:00', iso('14:00:01'))] })).toEqual({
      state: 'nowhere',
      at: at('14:05:00'),
      cause: { kind: 'unknown' },
    });
  });

  it.each<[string, Partial<Job>, Partial<Known>]>([
    ['a run goes on', {}, { busy: [run('14:05:00')] }],
    ['nobody tells what runs', {}, { busy: null }],
    ['one has ended', { success_count: 1 }, {}],
    ['one has ended since, without a count', { last_error: iso('14:05:03') }, {}],
  ])('went somewhere where %s', (_, fields, known) => {
    expect(judged({ ...job, ...fields }, { fired, ...known })).toMatchObject({
      verdict: null,
      ask: false,
    });
  });

  it('is stuck where its run has no end', () => {
    const executions = [run('14:05:00')];
    expect(verdict(job, { fired, executions, idleLooks: 2 })).toMatchObject({
      state: 'stuck',
      at: at('14:05:00'),
      cause: { kind: 'orphan', node: 'n2' },
    });
  });
});

describe('tags that no living node has', () => {
  const tags = { role: 'db' };
  const job = { tags, next: iso('14:15:00') };
  const nowhere = { state: 'nowhere', cause: { kind: 'tags', tags: ['role db'] } };

  it('send each firing nowhere: the last one where it was seen then, else the next', () => {
    expect(verdict(job)).toEqual({ ...nowhere, at: at('14:05:00') });
    expect(verdict(job, { since: at('14:06:00') })).toEqual({ ...nowhere, at: at('14:15:00') });
  });

  it.each<[string, Partial<Job>, Partial<Around>]>([
    ['it ran then', { last_success: iso('14:05:01') }, {}],
    ['nobody tells who is alive', {}, { nodes: undefined }],
    ['a node has them', { tags: { role: 'web:1' } }, {}],
    ['it is disabled', { disabled: true }, {}],
    ['nothing fires it', { schedule: '@manually' }, {}],
  ])('are nothing to tell where %s', (_, fields, around) => {
    expect(verdict({ ...job, ...fields }, {}, around)).toBeNull();
  });
});

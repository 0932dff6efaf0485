import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  closed,
  joined,
  type Kept,
  keptOf,
  openMissed,
  sightingsOf,
} from '../../src/oversight/kept.ts';
import type { Missed } from '../../src/oversight/missed.ts';
import { definitionKey } from '../../src/oversight/sightings.ts';
import type { Verdict } from '../../src/oversight/verdict.ts';
import { aJob, jobsByName } from '../support/jobs.ts';

const reader = { serverZone: 'UTC', version: '4.1.2' };
const now = Date.parse('2026-11-21T14:31:29Z');
const missed = (job: string, fields: Partial<Missed> = {}): Missed => ({
  job,
  at: now - 600_000,
  until: now - 300_000,
  count: 2,
  endedAt: now,
  cause: { kind: 'leader', from: 'n1', to: 'n2', at: now - 500_000 },
  ...fields,
});
const kept = (fields: Partial<Kept>): Kept => ({ missed: [], seen: [], ...fields });

async function aFile() {
  const folder = await mkdtemp(join(tmpdir(), 'kept-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'cluster', 'missed.json');
  return { path, file: openMissed(path) };
}

it('comes back as it was kept, for its owner only, beside what was there', async () => {
  const { path, file } = await aFile();
  expect(await file.read()).toEqual(kept({}));
  const causes: readonly Missed['cause'][] = [
    { kind: 'held', since: now, node: 'n1' },
    { kind: 'orphan', since: now, node: 'n1' },
    { kind: 'tags', tags: ['role db'] },
    { kind: 'leader', from: null, to: 'n2', at: now },
    { kind: 'leaderless' },
    { kind: 'silent', from: now - 1, to: now },
    { kind: 'standstill', others: 3 },
    { kind: 'unknown' },
  ];
  const all = causes.map((cause, at) => missed(`job-${at}`, { cause, at: now - at }));
  await file.keep(kept({ missed: all }), now);
  const seen = [{ job: 'b', key: 'x', since: now }];
  await file.keep(kept({ missed: [missed('a')], seen }), now);
  expect(await file.read()).toEqual({ missed: [...all, missed('a')], seen });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('is nothing where it cannot be read, and all but what is not understood', async () => {
  const { path, file } = await aFile();
  await file.keep(kept({ missed: [missed('a')] }), now);
  const text = await readFile(path, 'utf8');
  const { missed: all } = JSON.parse(text);
  await writeFile(
    path,
    JSON.stringify({ version: 1, missed: [{ job: 1 }, ...all, null], seen: [7] }),
  );
  expect(await file.read()).toEqual(kept({ missed: [missed('a')] }));
  for (const broken of ['', '{', '[]', text.replace('"version":1', '"version":2')]) {
    await writeFile(path, broken);
    expect(await file.read()).toEqual(kept({}));
  }
});

it('has each miss once by its last word, the newest first, of a month and a thousand', () => {
  const open = missed('a', { endedAt: null, count: 1 });
  expect(joined(kept({ missed: [open] }), kept({ missed: [missed('a')] }), now).missed).toEqual([
    missed('a'),
  ]);
  expect(joined(kept({ missed: [missed('a')] }), kept({ missed: [open] }), now).missed).toEqual([
    missed('a'),
  ]);
  const old = missed('old', { at: 0, until: 1 });
  expect(joined(kept({ missed: [old] }), kept({}), now).missed).toEqual([]);
  const many = Array.from({ length: 1_200 }, (_, at) => missed(`job-${at}`, { at: now - at }));
  const { missed: left } = joined(kept({ missed: many.toReversed() }), kept({}), now);
  expect(left).toEqual(many.slice(0, 1_000));
});

it('knows since when a job is seen as it is, and not as it was', () => {
  const job = aJob({ name: 'a' });
  const seen = [{ job: 'a', key: definitionKey(job), since: now - 9 }];
  const all = joined(
    kept({ seen }),
    kept({ seen: [{ job: 'a', key: definitionKey(job), since: now }] }),
    now,
  );
  const sightings = sightingsOf(all);
  expect(sightings.since(job)).toBe(now - 9);
  expect(sightings.since({ ...job, success_count: 9 })).toBe(now - 9);
  for (const other of [{ schedule: '@daily' }, { disabled: true }, { timezone: 'Asia/Tokyo' }])
    expect(sightings.since({ ...job, ...other })).toBeUndefined();
  expect(sightings.since(aJob({ name: 'b' }))).toBeUndefined();
});

it('ends what went on and does so no more', () => {
  const open = (job: string) => missed(job, { endedAt: null });
  const verdict: Verdict = { state: 'late', at: now, cause: { kind: 'unknown' } };
  const all = [open('a'), open('b'), missed('c')];
  expect(closed(all, new Map([['a', verdict]]), now)).toEqual([missed('b', { endedAt: now })]);
});

it('is of what is late and of what may be: the rest tells itself', () => {
  const verdict = (state: Verdict['state']): Verdict => ({
    state,
    at: now,
    cause: { kind: 'unknown' },
  });
  const states = ['late', 'stuck', 'nowhere', 'missed', 'overdue'] as const;
  const troubles = new Map(states.map((state) => [state, verdict(state)]));
  const { missed: late, seen } = keptOf(
    troubles,
    [],
    jobsByName([{ name: 'overdue' }]),
    now,
    reader,
  );
  expect(late.map(({ job, endedAt }) => [job, endedAt])).toEqual([
    ['late', null],
    ['stuck', null],
  ]);
  expect(seen.map(({ job, since }) => [job, since])).toEqual([['overdue', now]]);
});

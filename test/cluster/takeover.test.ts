import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Sighting } from '../../src/cluster/fingerprint.ts';
import { isKeptByAddress, takeOver } from '../../src/cluster/takeover.ts';
import { placesBelow } from '../../src/config/places.ts';
import type { Job } from '../../src/job/job.ts';
import { openJournal } from '../../src/journal/file.ts';
import { aJob } from '../support/jobs.ts';

const address = 'http://localhost:8080';
const one = { id: 'localhost_8080-aaaaaa', label: 'localhost:8080' };

const ran = (name: string, count: number): Job =>
  aJob({
    name,
    success_count: count,
    last_success: count === 0 ? null : `2026-11-0${count}T10:00:00.123456789Z`,
  });

const seen = (jobs: readonly Job[]): Sighting => ({
  at: Date.parse('2026-11-26T17:00:00Z'),
  region: 'global',
  datacenter: 'dc1',
  nodes: [],
  leader: true,
  jobs: new Map(jobs.map((job) => [job.name, job])),
  whole: true,
});

const jobs = ['a', 'b', 'c', 'd'].map((name) => ran(name, 7));
const lower = jobs.map(({ name }) => ran(name, 3));

function home() {
  const folder = mkdtempSync(join(tmpdir(), 'takeover-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const places = placesBelow(join(folder, 'data'), join(folder, 'state'));
  const file = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const old = (kind: string, name: string, text = '') =>
    file(
      join(kind === 'snapshots' ? places.data : places.state, kind, 'localhost_8080', name),
      text,
    );
  return { places, file, old };
}

const entry = (job: Job, id: string): string =>
  JSON.stringify({
    id,
    at: '2026-11-20T10:00:00.000Z',
    server: address,
    job: job.name,
    action: 'write',
    before: JSON.stringify(job),
    sent: JSON.stringify(job),
  });

const journalOf = (some: readonly Job[]): string =>
  `${some.map((job) => entry(job, `id-${job.name}`)).join('\n')}\n`;

const journalName = '20261120T100000000Z_x.jsonl';

/** All that a version before this one kept. */
function everything(
  old: ReturnType<typeof home>['old'],
  file: ReturnType<typeof home>['file'],
  state: string,
) {
  old('journal', journalName, journalOf(jobs));
  file(join(state, 'journal', 'localhost_8080.jsonl'), `${entry(ran('e', 0), 'older')}\n`);
  old('drafts', 'a.json', 'draft');
  old('editor', 'a.yaml', 'yaml');
  old(
    'snapshots',
    'backup-dkron_2026-11-20T1000Z',
    `${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`,
  );
}

describe('what was kept by address', () => {
  it('goes to the cluster whose jobs it is of, and is said once', async () => {
    const { places, file, old } = home();
    everything(old, file, places.state);
    expect(isKeptByAddress(places, address)).toBe(true);
    const there = places.cluster(one.id);
    expect(await takeOver(places, one, address, seen([...jobs, ran('e', 0)]))).toBe(
      `What was kept by the address ${address} belongs to the cluster localhost:8080 from now on: files of the editor, drafts, journal, snapshots; the snapshots are in ${there.snapshots} now`,
    );
    expect((await openJournal(there.journal).changes()).map(({ id }) => id)).toEqual([
      'older',
      'id-a',
      'id-b',
      'id-c',
      'id-d',
    ]);
    expect(readFileSync(join(there.drafts, 'a.json'), 'utf8')).toBe('draft');
    expect(readFileSync(join(there.editor, 'a.yaml'), 'utf8')).toBe('yaml');
    expect(readdirSync(there.snapshots)).toEqual(['backup-dkron_2026-11-20T1000Z']);
    expect(isKeptByAddress(places, address)).toBe(false);
    expect(await takeOver(places, one, address, seen(jobs))).toBeNull();
  });

  it.each([
    ['whose jobs ran less often', lower],
    ['whose jobs never ran', jobs.map(({ name }) => ran(name, 0))],
    ['that has other jobs', [ran('x', 4)]],
  ])('waits while a cluster answers %s', async (_, others) => {
    const { places, file, old } = home();
    everything(old, file, places.state);
    expect(await takeOver(places, one, address, seen(others))).toBeNull();
    expect(isKeptByAddress(places, address)).toBe(true);
    expect(await takeOver(places, one, address, seen(jobs))).not.toBeNull();
  });

  it('goes to the first cluster that answers there where no job of it ever ran', async () => {
    const { places, old } = home();
    old('drafts', 'a.json', 'draft');
    expect(await takeOver(places, one, address, seen(lower))).toContain('drafts');
  });

  it('waits for a leader and the whole list', async () => {
    const { places, old } = home();
    old('drafts', 'a.json', 'draft');
    expect(await takeOver(places, one, address, { ...seen([]), leader: false })).toBeNull();
    expect(await takeOver(places, one, address, { ...seen([]), whole: false })).toBeNull();
  });

  it('is judged by the newest snapshot where there is no journal', async () => {
    const { places, old } = home();
    old('snapshots', 'backup', jobs.map((job) => JSON.stringify(job)).join('\n'));
    expect(await takeOver(places, one, address, seen(lower))).toBeNull();
    expect(await takeOver(places, one, address, seen(jobs))).not.toBeNull();
  });

  it('goes beside files of the same name, and none is lost', async () => {
    const { places, file, old } = home();
    const there = places.cluster(one.id);
    file(join(there.drafts, 'a.json'), 'new');
    old('drafts', 'a.json', 'old');
    old('drafts', 'b.json', 'other');
    const beside = join(there.drafts, 'a~2.json');
    expect(await takeOver(places, one, address, seen(jobs))).toContain(
      `kept beside them: ${beside}`,
    );
    expect(readFileSync(join(there.drafts, 'a.json'), 'utf8')).toBe('new');
    expect(readFileSync(beside, 'utf8')).toBe('old');
    expect(readdirSync(there.drafts).sort()).toEqual(['a.json', 'a~2.json', 'b.json']);
    expect(isKeptByAddress(places, address)).toBe(false);
  });

  it('is gone on with where it was interrupted', async () => {
    const { places, file, old } = home();
    everything(old, file, places.state);
    const there = places.cluster(one.id);
    // As far as the drafts, and one file of the journal.
    rmSync(join(places.state, 'editor', 'localhost_8080'), { recursive: true });
    rmSync(join(places.state, 'drafts', 'localhost_8080'), { recursive: true });
    file(join(there.journal, '20261119T100000000Z_y.jsonl'), journalOf([ran('z', 1)]));
    expect(await takeOver(places, one, address, seen(jobs))).toContain('journal, snapshots');
    expect(readdirSync(there.journal).sort()).toEqual(['20261119T100000000Z_y.jsonl', journalName]);
  });
});

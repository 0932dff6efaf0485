import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../src/console/log/recording.ts';
import { now, started } from '../states.ts';

const { setting } = started();
const consoleLine = (fields: object = {}) => ({
  pid: 1,
  kind: 'console',
  setting,
  columns: 100,
  rows: 30,
  now,
  zone: 'utc',
  ...fields,
});
const job = (name: string) => JSON.stringify({ name, schedule: '@daily' });
const read = (...lines: readonly (object | string)[]) =>
  readRecording(
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
const end = { pid: 1, kind: 'end' };
const refreshed = { pid: 1, message: { type: 'refreshed' } };

describe('a recording', () => {
  it('begins as its console did', () => {
    const found = read({ pid: 1, kind: 'start', version: '1.2.3' }, consoleLine(), end);
    expect(found).toMatchObject({
      version: '1.2.3',
      start: { columns: 100, rows: 30, now, zone: 'utc', setting },
      messages: [],
      cut: null,
    });
    expect(read(consoleLine())?.version).toBe('');
  });

  it('is of the last console, and of no other program that wrote to the same log', () => {
    const found = read(
      { pid: 1, kind: 'start', version: 'old' },
      consoleLine(),
      { pid: 1, message: { type: 'clock', now: 1 } },
      { pid: 2, kind: 'start', version: 'new' },
      consoleLine({ pid: 2, rows: 40 }),
      { pid: 1, message: { type: 'clock', now: 2 } },
      { pid: 2, message: { type: 'clock', now: 3 } },
      { pid: 2, kind: 'end' },
    );
    expect(found).toMatchObject({
      version: 'new',
      start: { rows: 40 },
      messages: [{ now: 3 }],
      cut: null,
    });
  });

  it('is of the console that got the last key, where a snapshot was looked into over it', () => {
    const key = { type: 'key', key: { name: 'j' }, at: 1 };
    const found = read(
      consoleLine({ console: 1, rows: 30 }),
      { pid: 1, console: 1, message: { type: 'clock', now: 1 } },
      consoleLine({ console: 2, rows: 31 }),
      { pid: 1, console: 2, message: key },
      { pid: 1, console: 1, message: { type: 'clock', now: 2 } },
      { pid: 1, console: 1, message: key },
      end,
    );
    expect(found).toMatchObject({
      start: { rows: 30 },
      messages: [{ now: 1 }, { now: 2 }, { type: 'key' }],
      cut: null,
    });
    const unkeyed = read(consoleLine({ console: 1 }), consoleLine({ console: 2, rows: 31 }), end);
    expect(unkeyed?.start.rows).toBe(31);
  });

  it('is none where there is no console', () => {
    expect(read({ pid: 1, kind: 'start' }, end)).toBeNull();
    expect(read()).toBeNull();
  });

  it.each<[string, (object | string)[], RegExp]>([
    ['has no end', [], /did not/],
    ['was full', [{ pid: 1, kind: 'full' }, end], /full/],
    ['lacks a message', [{ pid: 1, unlogged: 'key' }, end], /could not be logged/],
  ])('that %s says so', (_, lines, why) => {
    expect(read(consoleLine(), ...lines)?.cut).toMatch(why);
  });

  it('passes over lines that are none', () => {
    expect(read('{"pid":1,', consoleLine(), 'null', '12', end, '{"kin')).toMatchObject({
      cut: null,
    });
  });

  it('has with each list the jobs that came, changed and went', () => {
    const found = read(
      consoleLine(),
      { pid: 1, kind: 'jobs', jobs: [job('a'), job('b')] },
      { pid: 1, kind: 'jobs', jobs: [job('c')] },
      refreshed,
      { pid: 1, message: { type: 'clock', now } },
      refreshed,
      { pid: 1, kind: 'jobs', jobs: [job('d')] },
      { ...refreshed, gone: ['a', 'b'] },
      { ...refreshed, gone: ['c'] },
      end,
    );
    const lists = found!.messages.map((message) =>
      message.type === 'refreshed' ? [...message.jobs.keys()] : message.type,
    );
    expect(lists).toEqual([['a', 'b', 'c'], 'clock', ['a', 'b', 'c'], ['c', 'd'], ['d']]);
    const [first, , same] = found!.messages;
    expect((same as { jobs: unknown }).jobs).toBe((first as { jobs: unknown }).jobs);
  });

  it('has of a list that grows what came last', () => {
    const arriving = { pid: 1, message: { type: 'arriving' } };
    const found = read(
      consoleLine(),
      { pid: 1, kind: 'jobs', jobs: [job('a')] },
      arriving,
      { pid: 1, kind: 'jobs', jobs: [job('b')] },
      arriving,
      refreshed,
    );
    const names = found!.messages.map((message) =>
      'jobs' in message ? [...message.jobs.values()].map(({ job: { name } }) => name) : [],
    );
    expect(names).toEqual([['a'], ['b'], ['a', 'b']]);
  });
});

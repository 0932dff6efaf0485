import { describe, expect, it, vi } from 'vitest';
import { frameOf } from '../../src/console/frame/frame.ts';
import type { State } from '../../src/console/state/model.ts';
import { lineText } from '../../src/view/line.ts';
import { placeOf, zoneNamed, zoneOfTimes } from '../../src/view/zones.ts';
import { now, press, showing, told, type } from '../console/states.ts';
import { aJob, anExecution } from '../support/jobs.ts';

const jobs = [
  { name: 'plain', schedule: '0 0 12 * * *' },
  { name: 'tokyo', schedule: '0 0 12 * * *', timezone: 'Asia/Tokyo' },
  { name: 'prefix', schedule: 'CRON_TZ=America/New_York 0 0 12 * * *' },
];
const console = (localZone = 'Europe/Paris') =>
  showing(jobs, [], { localZone, serverZone: 'Asia/Kolkata' });

describe('the zone of times', () => {
  const shown = (zone: string, job?: Parameters<typeof aJob>[0]) =>
    zoneOfTimes({ ...console(), zone }, job && aJob(job));

  it.each([
    ['local', undefined, 'Europe/Paris'],
    ['utc', undefined, 'UTC'],
    ['Asia/Tokyo', undefined, 'Asia/Tokyo'],
    ['job', undefined, 'Asia/Kolkata'],
    ['job', jobs[0], 'Asia/Kolkata'],
    ['job', jobs[1], 'Asia/Tokyo'],
    ['job', jobs[2], 'America/New_York'],
    ['job', { schedule: '@every 1h', timezone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    ['job', { schedule: 'no schedule', timezone: 'No/Where' }, 'Asia/Kolkata'],
  ] as const)('%s of %j is %s', (zone, job, name) => {
    expect(shown(zone, job)).toBe(name);
  });

  it.each([
    ['UTC', 'utc'],
    ['Local', 'local'],
    ['europe/paris', 'Europe/Paris'],
    ['paris', undefined],
    ['', undefined],
  ])('%s names %s', (text, zone) => {
    expect(zoneNamed(text)).toBe(zone);
  });
});

it('is asked of Node only where times are told by the own one', () => {
  const asked = vi.spyOn(Intl, 'DateTimeFormat');
  const around = { setting: placeOf('Asia/Kolkata'), server: null };
  expect(zoneOfTimes({ ...around, zone: 'utc' })).toBe('UTC');
  expect(zoneOfTimes({ ...around, zone: 'job' })).toBe('Asia/Kolkata');
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(zoneOfTimes({ ...around, zone: 'local' })).toBe(own);
});

describe('one key', () => {
  const said = (state: State) => state.flash?.text;

  it('goes on to other times, says whose they are, and keeps that on every screen', () => {
    const tokyo = press(console(), 'G', 'enter');
    expect(said(press(tokyo, 'z'))).toBe('times in Asia/Tokyo, the job’s');
    expect(said(press(tokyo, 'z', 'z'))).toBe('times in UTC');
    expect(said(press(tokyo, 'z', 'z', 'z'))).toBe('times in Europe/Paris, yours');
    expect(press(tokyo, 'z', 'esc', 'j', 'enter').zone).toBe('job');
  });

  it('says so when all are the same', () => {
    const same = showing([{ name: 'a' }], [], { localZone: 'UTC' });
    expect(said(press(same, 'z'))).toBe('your zone, the job’s zone and UTC are the same: UTC');
  });

  it('has a command that takes any zone, and names one that there is not', () => {
    const typed = (words: string) => press(console(), ':', ...type(words), 'enter');
    expect(typed('zone Asia/Tokyo').zone).toBe('Asia/Tokyo');
    expect(typed('zone utc').zone).toBe('utc');
  });
});

describe('the times of runs', () => {
  const run = (id: string, started_at: string) =>
    anExecution({ id, started_at, finished_at: started_at, success: true });
  const list = [
    run('4', '2026-11-21T14:30:00Z'),
    run('3', '2026-11-20T23:30:00Z'),
    run('2', '2026-10-25T00:30:00Z'),
    run('1', '2025-11-21T14:30:00Z'),
  ];
  const loaded = told(console(), { type: 'runs', name: 'plain', runs: { list, at: now } });
  const text = (state: State) => frameOf(state).lines.map(lineText).join('\n');

  it.each([
    ['the job', ['enter']],
    ['its runs', ['x']],
  ])('say on the screen of %s whose they are, their day and their year', (_, keys) => {
    const state = press(loaded, ...keys);
    expect(text(state)).toContain('times in Europe/Paris, yours');
    const at = ['15:30:00', '00:30:00', '25 Oct 02:30+02', '2025-11-21 15:30'];
    expect(text(state)).toMatch(new RegExp(at.join('[^]*').replace('+', '\\+')));
    expect(text(press(state, 'z', 'z'))).toContain('2025-11-21 14:30');
    const output = press(state, 'l');
    expect(text(output)).toContain('plain  2026-11-21T15:30:00+01:00  n1  ✓');
    expect(text(press(output, 'z', 'z'))).toContain('plain  2026-11-21T14:30:00Z  n1  ✓');
  });
});

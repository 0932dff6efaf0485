import { beforeEach, describe, expect, it } from 'vitest';
import type { Message, State } from '../../src/console/state/model.ts';
import { createReader } from '../../src/ui/reader.ts';
import { now, press, refreshed, showing, told } from '../console/states.ts';
import { fakeClock } from '../support/clock.ts';
import { anExecution } from '../support/jobs.ts';

const jobs = [
  { name: 'a', schedule: '@every 1h' },
  { name: 'b', schedule: '@every 2h' },
  { name: 'c', schedule: '@every 3h' },
];
const clock = fakeClock();
let written = '';
const write = (text: string): void => {
  written += text;
};
let state: State;
let reader: ReturnType<typeof createReader>;

/** What was written since it was asked for last. */
function said(): string {
  const text = written;
  written = '';
  return text;
}

const keys = (...names: string[]): void => {
  for (const name of names) {
    state = press(state, name);
    reader.tell(state, true);
  }
};
/** By itself: a look at the server, the clock. */
const come = (...messages: Message[]): void => {
  for (const message of messages) {
    state = told(state, message);
    reader.tell(state, false);
  }
};

beforeEach(() => {
  state = { ...showing(jobs), rows: 40 };
  reader = createReader({ write, columns: () => 80, clock });
  reader.tell(state, false);
});

it('begins with where one is, and ends with the chosen row, which has the cursor', () => {
  expect(said()).toBe(
    [
      'localhost:8080, Dkron 4.1.2, n1, leader, live, 0s',
      'Jobs, 3, 3 never ran',
      'NAME, STATUS, NEXT, LAST, SCHEDULE',
      'a, never, 1h, none, @every 1h\r',
    ].join('\n'),
  );
});

describe('in the list', () => {
  beforeEach(() => void said());

  it('one key is one line', () => {
    keys('j');
    expect(said()).toBe('\nb, never, 2h, none, @every 2h\r');
    keys('k');
    expect(said()).toBe('\na, never, 1h, none, @every 1h\r');
    keys('k');
    expect(said()).toBe('');
  });

  it('time that passes is no news, nor is another look at the same', () => {
    for (let second = 1; second < 120; second++)
      come(
        { type: 'clock', now: now + second * 1_000 },
        refreshed(jobs, { now: now + second * 1_000, nextAt: now + second * 1_000 + 2_000 }),
      );
    expect(said()).toBe('');
  });

  it('what becomes of other rows is told when one comes to them', () => {
    const ran = {
      ...jobs[1],
      success_count: 1,
      last_success: '2026-11-21T14:31:00Z',
      status: 'success',
    };
    come(refreshed([jobs[0]!, ran, jobs[2]!]));
    expect(said()).toBe('');
    keys('j');
    expect(said()).toBe('\nb, success, 28m, 29s ok, @every 2h\r');
  });

  it('that the chosen one failed is told at once', () => {
    const failed = {
      ...jobs[0],
      error_count: 1,
      last_error: '2026-11-21T14:31:00Z',
      status: 'failed',
    };
    come(refreshed([failed, jobs[1]!, jobs[2]!]));
    expect(said()).toBe(
      '\nJobs, 3, 1 failed, 2 never ran\na, failed, 28m, 29s failed, @every 1h\r',
    );
  });

  it('so is a connection that was lost, and that it is back, once each', () => {
    for (const later of [1_000, 2_000, 3_000])
      come({
        type: 'lost',
        trouble: 'refused',
        reason: 'refused',
        now: now + later,
        retryAt: now + later + 5_000,
      });
    const lines = said().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      /^localhost:8080.*stale 1s, reconnecting, next try in 5s \(ctrl-r: now\), refused/,
    );
    come(refreshed(jobs, { now: now + 4_000, nextAt: now + 6_000 }));
    expect(said()).toMatch(/^\nlocalhost:8080.*live, 0s\na, never/);
  });

  it('how the connection does is told when it is another, not with each try and each look', () => {
    const at = (ms: number) => ({ now: now + ms });
    const live = (ms: number) => refreshed(jobs, { ...at(ms), nextAt: now + ms + 2_000 });
    const lost = (ms: number): Message => ({
      type: 'lost',
      trouble: 'refused',
      reason: 'refused',
      ...at(ms),
      retryAt: now + ms + 1_000,
    });
    come(lost(1_000));
    expect(said()).toMatch(/^\nlocalhost:8080, .*stale 1s, reconnecting.*\na, never/);
    come(
      { type: 'clock', ...at(2_500) },
      lost(3_000),
      { type: 'clock', ...at(9_000) },
      lost(9_500),
    );
    expect(said()).toBe('');
    come(live(10_000));
    expect(said()).toMatch(/^\nlocalhost:8080, .*, live, 0s\na, never/);
    come(
      { type: 'focus', focused: false },
      { type: 'due', nextAt: now + 60_000, ...at(10_000) },
      { type: 'clock', ...at(60_000) },
      { type: 'focus', focused: true },
      { type: 'due', nextAt: now + 60_000, ...at(60_000) },
      live(60_100),
      { type: 'clock', ...at(63_500) },
      live(63_600),
    );
    expect(said()).toBe('');
    come({ type: 'clock', ...at(90_000) });
    expect(said()).toMatch(/^\nlocalhost:8080, .*stale 26s, no answer yet\n/);
  });

  it('that another cluster answers is told whole, once', () => {
    const why = 'its members are x1 and x2, and the job nightly was never there';
    const cluster = { kind: 'another', name: 'prod', instead: 'demo', why } as const;
    come({ type: 'recognised', cluster }, { type: 'clock', now: now + 1_000 });
    const lines = said().split('\n');
    expect(lines[1]).toMatch(/^localhost:8080, .*, another cluster answers, stale 0s$/);
    expect(lines[2]).toBe(
      `ANOTHER CLUSTER answers: demo, not prod. Nothing is written. C shows it, ${why}`,
    );
    expect(lines[3]).toMatch(/^Show demo in place of prod\? .* y show it, esc cancel\x1b\[1A\r$/);
    expect(lines).toHaveLength(4);
  });

  it('a job that is opened is read, its runs when they come', () => {
    keys('enter');
    const text = said();
    expect(text).toMatch(/^\na, never, shell\nSchedule, @every 1h\n/);
    expect(text).toContain('\nloading the runs…');
    come({ type: 'runs', name: 'a', runs: { list: [anExecution({ job_name: 'a' })], at: now } });
    expect(said()).toMatch(/^\nRuns, 1, .*UTC.*\n.*, success, .*\r$/);
    keys('esc');
    expect(said()).toMatch(/^\nJobs, 3, .*\nNAME, .*\na, never, .*\r$/);
  });

  it('a question has the cursor until it is answered', () => {
    keys('t');
    expect(said()).toBe('\nRun a now on localhost:8080? y run, esc cancel\r');
    keys('esc');
    expect(said()).toBe('\ncancelled: nothing was written\na, never, 1h, none, @every 1h\r');
  });

  it('what has to be typed is said before it is typed', () => {
    keys('ctrl-d');
    const text = said();
    expect(text).toContain('Type a to confirm, esc cancels.');
    expect(text.endsWith('esc cancels: ')).toBe(true);
    keys('a');
    expect(said()).toBe('a');
  });

  it('what happened is told, the same again when it happens again', () => {
    const done = (): Message => ({
      type: 'flash',
      flash: { level: 'error', text: 'no \x1b[31mway' },
    });
    come(done());
    expect(said()).toBe('\nerror: no way\na, never, 1h, none, @every 1h\r');
    come({ type: 'clock', now: now + 1_000 });
    expect(said()).toBe('');
    come(done());
    expect(said()).toMatch(/^\nerror: no/);
  });

  it('reads all of it again when asked', () => {
    reader.tellAll(state);
    const text = said();
    expect(text).toMatch(/^\nlocalhost:8080/);
    for (const name of ['a', 'b', 'c']) expect(text).toContain(`\n${name}, never`);
  });
});

describe('while one types', () => {
  const typed = (text: string): void => keys(...text);

  beforeEach(() => {
    keys('i', 'ctrl-u');
    clock.advance(10_000);
    said();
  });

  it('one letter is one letter', () => {
    typed('@e');
    expect(said()).toBe('@e');
    keys('backspace');
    expect(said()).toBe('\x1b[15G \x1b[15G');
    keys('left');
    expect(said()).toBe('\x1b[14G');
    keys('right');
    expect(said()).toBe('\x1b[15G');
  });

  it('a letter that is wider than one cell pushes on what stands behind it', () => {
    typed('a');
    said();
    typed('日');
    expect(said()).toMatch(/^\x1b\[14Ga日 .*zone.*\x1b\[17G$/);
  });

  it('what comes of it is told after a pause, and the field has the cursor again', () => {
    typed('@every 2h');
    said();
    come({ type: 'clock', now: now + 100 }, refreshed(jobs));
    clock.advance(999);
    expect(said()).toBe('');
    clock.advance(1);
    const text = said();
    expect(text).toMatch(/^\nevery 2 hours\n/);
    expect(text).toMatch(/\n {3}schedule {2}@every 2h .*\x1b\[23G$/);
    clock.advance(60_000);
    expect(said()).toBe('');
  });
});

it('a window of another size is no news', () => {
  said();
  come({ type: 'resized', columns: 60, rows: 40 });
  expect(said()).toBe('');
});

it('rows that are longer than a line of the terminal have the cursor at their beginning', () => {
  written = '';
  const narrow = createReader({
    write,
    columns: () => 20,
    clock,
  });
  narrow.tell(state, false);
  expect(said().endsWith('a, never, 1h, none, @every 1h\x1b[1A\r')).toBe(true);
  narrow.leave();
  expect(said()).toBe('\x1b[1B\n');
  narrow.tell(state, false);
  expect(said()).toMatch(/^localhost:8080.*\nJobs/);
});

/** What is typed where, and how it is seen that it was answered. */
import { bigJob, nameOf } from './jobs.ts';
import { putJob } from './server.ts';
import { large, type Sight, type Size, small, type Watched } from './terminal.ts';

export interface Keys {
  readonly what: string;
  readonly size: Size;
  /** Puts on the server what is needed. */
  readonly prepare?: () => Promise<void>;
  /** Brings a console that was just started to where is typed. */
  readonly open: (console: Watched) => Promise<void>;
  readonly key: (at: number) => string;
  /** What only the frame that answers is known by; without it the next frame is taken for it. */
  readonly shows?: (at: number) => Sight;
  /** The most that p50 and p99 may take above the control, ms. */
  readonly most?: readonly [number, number];
  /** The most bytes of p50 and p99. */
  readonly bytes?: readonly [number, number];
}

const pageDown = '\x1b[6~';
const pageUp = '\x1b[5~';
const backspace = '\x7f';
const end = '\x1b[F';

/** Where the cursor of the list is after this key: so many rows down, and up again. */
export const cursorAt = (at: number, rows: number): number => {
  const step = (at + 1) % (2 * rows);
  return step <= rows ? step : 2 * rows - step;
};

/** What the header says once all jobs are there. */
export const listed = (console: Watched): Promise<number> => console.shows(/live · |slow · \d/);

const isDown = (at: number, rows: number): boolean => cursorAt(at, rows) > cursorAt(at - 1, rows);

export const cursor = (size: Size, rows: number): Keys => ({
  what: 'cursor',
  size,
  open: async (console) => void (await listed(console)),
  key: (at) => (isDown(at, rows) ? 'j' : 'k'),
  shows: (at) => nameOf(cursorAt(at, rows)),
  most: [3, 8],
  bytes: [620, 1_024],
});

/** More than the frame of a second that has passed, or of a job that has run. */
const many = (): Sight => 500;

const page: Keys = {
  what: 'page',
  size: large,
  open: async (console) => void (await listed(console)),
  key: (at) => (at % 2 === 0 ? pageDown : pageUp),
  shows: many,
};

/** Two letters and their removal, again and again. */
const typedAndGone = (letters: readonly [string, string]) => (at: number) =>
  [...letters, backspace, backspace][at % 4]!;

const filter: Keys = {
  what: 'typing a filter',
  size: large,
  open: async (console) => {
    await listed(console);
    await console.press('/');
  },
  key: typedAndGone(['4', '2']),
  shows: many,
  most: [3, 8],
};

const schedule: Keys = {
  what: 'typing a schedule',
  size: large,
  open: async (console) => {
    await listed(console);
    // Nothing is edited before it is known whose jobs these are.
    await console.rests(500);
    await console.press('i');
    await console.press(end);
  },
  key: (at) => (at % 2 === 0 ? backspace : '*'),
  shows: many,
  most: [3, 8],
};

const kilobytes = 200;

const body = (url: string): Keys => ({
  what: `typing in a body of ${kilobytes} KB`,
  size: large,
  prepare: () => putJob(url, bigJob(0, kilobytes)),
  open: async (console) => {
    await listed(console);
    await console.rests(500);
    await console.press('b');
    await console.rests(500);
  },
  key: typedAndGone(['x', 'y']),
  most: [3, 8],
});

/** What is typed on a list of so many jobs: where it makes a difference how many they are, at all sizes. */
export function series(url: string, jobs: number): Keys[] {
  if (jobs <= 100) return [cursor(large, 20), cursor(small, 10), page, filter, schedule, body(url)];
  return jobs >= 100_000 ? [cursor(large, 20), page, filter] : [cursor(large, 20)];
}

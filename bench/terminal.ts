/** A program in a pseudo-terminal, watched from outside: what it writes, when, and what that costs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import { cpuTime, type Memory, memory } from './proc.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The frame that answered a key. */
export interface Painted {
  /** Milliseconds from the key to the frame's last byte. */
  readonly took: number;
  /** Milliseconds that the program was on a core meanwhile, with all its threads. */
  readonly cpu: number;
  /** Of this frame alone. */
  readonly bytes: number;
  /** With it so many were painted since the first key. */
  readonly frames: number;
}

export interface Watched {
  readonly pid: number;
  /** `performance.now()` of its start. */
  readonly startedAt: number;
  /** Milliseconds from its start to the end of the first frame with this. */
  shows(sight: Sight): Promise<number>;
  /**
   * Types keys, so many ms apart, and waits for the end of the frame that `shows`; without it for that of
   * the next frame. The time is that of the last key, CPU and frames are those of all.
   */
  press(keys: string | readonly string[], options?: Pressing): Promise<Painted>;
  /** Waits until it has written nothing for so many ms. */
  rests(ms: number): Promise<void>;
  memory(): Memory;
  /** Asks it to end, if it has not, and waits until it has. */
  stop(): Promise<void>;
}

/** Every frame ends with it: the terminal may show what it got (synchronized output). */
export const frameEnd = '\x1b[?2026l';

/** What a frame is known by: a text in it, or so many characters at least. */
export type Sight = string | RegExp | number;

export interface Frame {
  /** Where it begins and ends in what was written. */
  readonly from: number;
  readonly to: number;
}

/** The first whole frame that is known by this; null while it has not come. */
export function frameWith(written: string, sight: Sight): Frame | null {
  for (let from = 0; ; ) {
    const end = written.indexOf(frameEnd, from);
    if (end < 0) return null;
    const to = end + frameEnd.length;
    if (holds(written.slice(from, to), sight)) return { from, to };
    from = to;
  }
}

function holds(frame: string, sight: Sight): boolean {
  if (typeof sight === 'number') return frame.length >= sight;
  return typeof sight === 'string' ? frame.includes(sight) : sight.test(frame);
}

const patience = 120_000;

export interface Pressing {
  readonly shows?: Sight;
  readonly every?: number;
}

export interface WatchOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly size?: Size;
  /** Typed before the program has even begun. */
  readonly typed?: string;
}

/** @param args what Node is started with */
export function watch(
  args: readonly string[],
  { env = {}, size = large, typed = '' }: WatchOptions = {},
): Watched {
  const started = performance.now();
  const terminal = spawn(process.execPath, [...args], {
    cols: size.columns,
    rows: size.rows,
    env: { ...process.env, TERM: 'xterm-256color', ...env },
  });
  if (typed !== '') terminal.write(typed);
  let written = '';
  /** When each chunk came, and what was written with it. */
  let chunks: { readonly at: number; readonly end: number }[] = [];
  let last = started;
  let running = true;
  let look = (): void => {};
  terminal.onData((data) => {
    last = performance.now();
    written += data;
    chunks.push({ at: last, end: written.length });
    look();
  });
  const ended = new Promise<void>((resolve) =>
    terminal.onExit(() => {
      running = false;
      resolve();
      look();
    }),
  );

  /** The frame that is waited for, and when the chunk came that completed it. */
  const complete = (sight: Sight): Promise<Frame & { readonly at: number }> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        look = () => {};
      };
      const fail = (): void => {
        done();
        const tail = JSON.stringify(written.slice(-2000));
        reject(new Error(`${sight} was never shown: ${tail}`));
      };
      const timer = setTimeout(fail, patience);
      look = () => {
        const frame = frameWith(written, sight);
        if (frame === null) return running ? undefined : fail();
        done();
        resolve({ ...frame, at: chunks.find(({ end }) => end >= frame.to)!.at });
      };
      look();
    });

  return {
    pid: terminal.pid,
    startedAt: started,
    async shows(sight) {
      return (await complete(sight)).at - started;
    },
    async press(keys, { shows = '', every = 0 } = {}) {
      written = '';
      chunks = [];
      const before = cpuTime(terminal.pid);
      let pressed = 0;
      for (const [at, key] of [keys].flat().entries()) {
        if (at > 0) await sleep(every);
        pressed = performance.now();
        terminal.write(key);
      }
      const { at, from, to } = await complete(shows);
      const cpu = cpuTime(terminal.pid) - before;
      const frames = written.slice(0, to).split(frameEnd).length - 1;
      return { took: at - pressed, cpu, bytes: Buffer.byteLength(written.slice(from, to)), frames };
    },
    async rests(ms) {
      for (let left = ms; left > 0; left = last + ms - performance.now()) await sleep(left);
    },
    memory: () => memory(terminal.pid),
    async stop() {
      if (running) terminal.kill('SIGTERM');
      await ended;
    },
  };
}

export const large: Size = { columns: 200, rows: 50 };
export const small: Size = { columns: 80, rows: 24 };

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

/** The frame that answered a key. */
export interface Painted {
  /** Milliseconds from the key to its last byte. */
  readonly took: number;
  readonly bytes: number;
}

/** A program in a pseudo-terminal of 200×50, watched from outside: its bytes and their times. */
export interface Watched {
  /** Milliseconds from its start until such a text was written. */
  written(text: RegExp): Promise<number>;
  press(key: string): Promise<Painted>;
  /** Resident memory in bytes. */
  memory(): number;
  stop(): Promise<void>;
}

/** Ink ends every frame with it: the terminal may show what it got (synchronized output). */
const frameEnd = '\x1b[?2026l';

/** No byte for so long: the program has painted what it had to. */
const quiet = 40;

export function watch(args: readonly string[]): Watched {
  const started = performance.now();
  const terminal = spawn(process.execPath, [...args], {
    cols: 200,
    rows: 50,
    env: { ...process.env, TERM: 'xterm-256color' },
  });
  let said = '';
  let last = started;
  /** When the first frame that `said` holds was complete. */
  let paintedAt = started;
  terminal.onData((data) => {
    last = performance.now();
    if (!said.includes(frameEnd)) paintedAt = last;
    said += data;
  });
  let running = true;
  const ended = new Promise<void>((resolve) =>
    terminal.onExit(() => {
      running = false;
      resolve();
    }),
  );

  const silence = async (): Promise<void> => {
    for (let left = quiet; left > 0; left = last + quiet - performance.now()) await sleep(left);
  };

  return {
    async written(text) {
      for (let read = 0; ; ) {
        if (said.length > read) {
          read = said.length;
          if (text.test(stripVTControlCharacters(said))) break;
        }
        if (!running || performance.now() - started > 120_000)
          throw new Error(`${text} was never written: ${JSON.stringify(said.slice(-2000))}`);
        await sleep(1);
      }
      return last - started;
    },
    async press(key) {
      await silence();
      said = '';
      const pressed = performance.now();
      terminal.write(key);
      while (!said.includes(frameEnd)) {
        if (performance.now() - pressed > 10_000) throw new Error(`${key} painted nothing`);
        await sleep(1);
      }
      const frame = said.slice(0, said.indexOf(frameEnd) + frameEnd.length);
      return { took: paintedAt - pressed, bytes: Buffer.byteLength(frame) };
    },
    memory: () => residentMemory(terminal.pid),
    async stop() {
      terminal.kill('SIGTERM');
      await ended;
    },
  };
}

function residentMemory(pid: number): number {
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

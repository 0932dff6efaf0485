import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

/** What one key made the program write. */
export interface Painted {
  /** Milliseconds from the key to the last byte. */
  readonly took: number;
  readonly bytes: number;
}

/** A program in a pseudo-terminal of 200×50, watched from outside: its bytes and their times. */
export interface Watched {
  /** Milliseconds from its start until the text was written. */
  written(text: string): Promise<number>;
  press(key: string): Promise<Painted>;
  /** Resident memory in bytes. */
  memory(): number;
  stop(): Promise<void>;
}

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
  let bytes = 0;
  let last = started;
  terminal.onData((data) => {
    last = performance.now();
    bytes += Buffer.byteLength(data);
    said += data;
  });
  const ended = new Promise<void>((resolve) => terminal.onExit(() => resolve()));

  const silence = async (since: number): Promise<void> => {
    for (;;) {
      const left = Math.max(last, since) + quiet - performance.now();
      if (left <= 0) return;
      await sleep(left);
    }
  };

  return {
    async written(text) {
      for (let read = 0; ; ) {
        if (said.length > read) {
          read = said.length;
          if (stripVTControlCharacters(said).includes(text)) break;
        }
        if (performance.now() - started > 120_000)
          throw new Error(`"${text}" was never written: ${JSON.stringify(said.slice(-2000))}`);
        await sleep(1);
      }
      return last - started;
    },
    async press(key) {
      said = '';
      await silence(last);
      const before = bytes;
      const pressed = performance.now();
      terminal.write(key);
      while (bytes === before && performance.now() - pressed < 2_000) await sleep(1);
      await silence(pressed);
      return { took: Math.max(0, last - pressed), bytes: bytes - before };
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

/** The file of `--log`: one JSON object a line, for its owner only, and never a burden. */
import { closeSync, fchmodSync, fstatSync, openSync, constants as to, writeSync } from 'node:fs';
import process from 'node:process';
import type { Log, LogKind } from '../base/log.ts';
import { version } from '../base/version.ts';
import { detailsOf } from './defects.ts';
import { fileError } from './files.ts';

export interface LogFile extends Log {
  /**
   * Opens the file at its end, or makes it (0600); what was said before is lost. What goes wrong,
   * here or later, is told once to `onTrouble`, and the program goes on without a log.
   */
  open(path: string): void;
  /** Who is told; at once where something went wrong already. */
  onTrouble(tell: (text: string) => void): void;
  /** Writes what waits, and ends the log. */
  close(): void;
}

interface Waiting {
  readonly at: number;
  readonly kind: LogKind;
  readonly what: () => Readonly<Record<string, unknown>>;
}

/** Where a log stops: some hours of a console; bytes. */
export const logLimit = 50_000_000;
/** How often what waits is written, ms. */
const pause = 100;
/** The keys come first: lines are made for so long in one go, ms. */
const slice = 5;

export function createLogFile(limit = logLimit): LogFile {
  let file: { readonly path: string; readonly fd: number; size: number } | null = null;
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | null = null;
  let trouble: string | null = null;
  let tell: ((text: string) => void) | null = null;

  function stop(why: string): void {
    if (file !== null) shut(file.fd);
    file = null;
    waiting = [];
    trouble ??= `nothing more is logged: ${why}`;
    tell?.(trouble);
    tell = null;
  }

  function write(text: string): void {
    if (file === null) return;
    const bytes = Buffer.from(text);
    const isFull = file.size + bytes.length > limit;
    const last = `${JSON.stringify({ kind: 'full', pid: process.pid, limit })}\n`;
    try {
      writeWhole(file.fd, isFull ? Buffer.from(last) : bytes);
      file.size += bytes.length;
      if (isFull) stop(full(file.path, limit));
    } catch (error) {
      stop((fileError(file.path, 'written', error) as Error).message);
    }
  }

  /** Makes lines until the time is up; null for as long as it takes. */
  function drain(ms: number | null): void {
    timer = null;
    const until = performance.now() + (ms ?? Number.POSITIVE_INFINITY);
    let text = '';
    let count = 0;
    for (const entry of waiting) {
      text += lineOf(entry);
      count++;
      if (performance.now() > until) break;
    }
    waiting = waiting.slice(count);
    if (text !== '') write(text);
    if (waiting.length > 0) later(0);
  }

  function later(ms: number): void {
    timer ??= setTimeout(() => drain(slice), ms).unref();
  }

  const log: LogFile = {
    get on() {
      return file !== null;
    },
    note: (kind, what) => {
      if (file === null) return;
      waiting.push({ at: Date.now(), kind, what });
      later(pause);
    },
    open: (path) => {
      try {
        const fd = openSync(path, to.O_WRONLY | to.O_APPEND | to.O_CREAT | to.O_NONBLOCK, 0o600);
        const found = fstatSync(fd);
        if (found.isFile()) fchmodSync(fd, 0o600);
        file = { path, fd, size: found.isFile() ? found.size : 0 };
      } catch (error) {
        stop((fileError(path, 'written', error) as Error).message);
        return;
      }
      if (file.size >= limit) {
        stop(full(path, limit));
        return;
      }
      process.on('exit', log.close);
      const { arch, platform, versions } = process;
      const system = `${platform} ${arch}`;
      log.note('start', () => ({ format: 1, version, node: versions.node, system }));
    },
    onTrouble: (told) => {
      if (trouble === null) tell = told;
      else told(trouble);
    },
    close: () => {
      process.off('exit', log.close);
      if (timer !== null) clearTimeout(timer);
      drain(null);
      if (file !== null) shut(file.fd);
      file = null;
    },
  };
  return log;
}

const full = (path: string, limit: number): string =>
  `${path} has ${limit / 1e6} MB, which is the most; move it away, or name another`;

function lineOf({ at, kind, what }: Waiting): string {
  const head = { at: new Date(at).toISOString(), pid: process.pid, kind };
  try {
    return `${JSON.stringify({ ...head, ...what() })}\n`;
  } catch (error) {
    // An error in the log must not lose the rest.
    return `${JSON.stringify({ ...head, unlogged: detailsOf(error) })}\n`;
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

function shut(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // Closed already, or lost with its file system: there is nothing left to do.
  }
}

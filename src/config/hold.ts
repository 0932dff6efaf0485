/** What one program has until it lets go of it or is gone, however long that takes; a turn (lease.ts) runs out. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';
import { privateFolder } from './files.ts';
import { takeAway, taken } from './lease.ts';
import { isRunning } from './running.ts';

export interface Hold {
  /** Lets go. Never rejects. */
  readonly release: () => Promise<void>;
}

/** The program that has something. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** How often a holder says that it is there, ms, and after how long another machine takes it for gone. */
const beat = 10_000;
const silence = 6 * beat;

/** What this program has; its number may be that of one before it, in a container say. */
const own = new Set<string>();

/**
 * Takes what a file stands for, which is there only while somebody has it; null when another program has
 * it that is there. Throws OperatorError when the file cannot be made.
 */
export async function hold(path: string): Promise<Hold | null> {
  await privateFolder(dirname(path));
  const mine = `${hostname()} ${process.pid} ${randomUUID()}`;
  // Before the file is there: others in this program take it for that of one that is gone.
  own.add(mine);
  let isMine = false;
  try {
    isMine = await isFirst(path, mine);
  } finally {
    if (!isMine) own.delete(mine);
  }
  if (!isMine) return null;
  const beating = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => {});
  }, beat);
  beating.unref();
  return {
    release: async () => {
      clearInterval(beating);
      own.delete(mine);
      if ((await readFile(path, 'utf8').catch(() => '')) === mine)
        await rm(path, { force: true }).catch(() => {});
    },
  };
}

async function isFirst(path: string, mine: string): Promise<boolean> {
  for (let tries = 0; !(await taken(path, mine)); tries++) {
    const there = await held(path);
    if (tries === most || there?.isOver === false) return false;
    if (there !== null) await takeAway(path, there.text);
  }
  return true;
}

/** Of programs that find it over at the same moment one is the first. */
const most = 10;

/** Who has it and is there; null for nobody. */
export async function holderOf(path: string): Promise<Holder | null> {
  const there = await held(path);
  return there === null || there.isOver ? null : there.holder;
}

/** `: process 12 on host`, for a sentence that says that somebody has it; '' where nobody has any more. */
export async function holderText(path: string): Promise<string> {
  const holder = await holderOf(path);
  return holder === null ? '' : `: process ${holder.pid} on ${holder.host}`;
}

interface Held {
  readonly text: string;
  readonly holder: Holder;
  /** The program is gone. */
  readonly isOver: boolean;
}

/** Null where the file is not there any more. */
async function held(path: string): Promise<Held | null> {
  try {
    const { mtimeMs } = await stat(path);
    const text = await readFile(path, 'utf8');
    const [host = '', number = ''] = text.split(' ');
    const holder = { host, pid: Number.parseInt(number, 10) };
    return { text, holder, isOver: isGone(text, holder, Date.now() - mtimeMs) };
  } catch {
    return null;
  }
}

/** `quiet`: how long nothing was heard of it, ms. */
function isGone(text: string, { host, pid }: Holder, quiet: number): boolean {
  if (host !== hostname()) return quiet > silence;
  if (pid === process.pid) return !own.has(text);
  // Numbers are given anew after the machine was started.
  return !isRunning(pid) || quiet > uptime() * 1_000;
}

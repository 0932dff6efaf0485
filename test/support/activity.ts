/** What a process is at, for tests that wait until it has nothing to do. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Activity {
  /** Another text whenever its main thread has run meanwhile. */
  readonly used: string;
  /** Runs, or waits for a processor: on a busy machine for long before its time counts. */
  readonly wantsCpu: boolean;
}

/** Linux counts in nanoseconds how long a thread ran and how long it waited for a processor. */
function byProc(pid: number): Activity {
  try {
    const used = readFileSync(`/proc/${pid}/schedstat`, 'utf8');
    const [, state = ''] = /^.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { used, wantsCpu: state === 'R' };
  } catch {
    return ended;
  }
}

/** Elsewhere `ps` says it: macOS counts in hundredths of a second, others in whole ones. */
export function byPs(pid: number): Activity {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-o', 'time=', '-p', String(pid)]);
  const used = String(stdout).trim();
  return { used, wantsCpu: used.startsWith('R') };
}

const ended: Activity = { used: '', wantsCpu: false };

export const activityOf = existsSync('/proc/self/schedstat') ? byProc : byPs;

/** Of one that only starts another and waits for it, once that is there: what the other is at. */
export function ofItsChild(): (pid: number) => Activity {
  let child: number | undefined;
  return (pid) => {
    child ??= childOf(pid);
    return child === undefined ? { used: '', wantsCpu: true } : activityOf(child);
  };
}

function childOf(pid: number): number | undefined {
  const [first = ''] = String(spawnSync('pgrep', ['-P', String(pid)]).stdout).split('\n');
  return first === '' ? undefined : Number(first);
}

/** How often one looks, and how many looks in a row must be the same. */
const lookEvery = 15;
const looks = 5;

/** Tells when a program has nothing to do. */
export class Idleness {
  readonly #ran: () => string | null;
  /** What it had run when it was last seen idle; null once it was given something to do. */
  #idleAt: string | null = null;

  /** `ran` tells another text whenever it has run meanwhile, and null while it is about to. */
  constructor(ran: () => string | null) {
    this.#ran = ran;
  }

  /** It is given something to do: until it has begun, it only seems to be idle. */
  end(): void {
    this.#idleAt = null;
  }

  /** Waits until it is idle, or it is over; false when that takes longer than `patience`, ms. */
  async begins(over: () => boolean, patience: number): Promise<boolean> {
    let before = this.#ran();
    let same = before !== null && before === this.#idleAt ? looks : 0;
    for (const giveUp = Date.now() + patience; same < looks && !over(); ) {
      if (Date.now() > giveUp) return false;
      await sleep(lookEvery);
      const now = this.#ran();
      same = now !== null && now === before ? same + 1 : 0;
      before = now;
    }
    this.#idleAt = before;
    return true;
  }
}

/** Whether it runs; one that ended and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
  return /^[^Z]/.test(String(stdout));
}

/** A program that leads a process group ends with its children (an editor). */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

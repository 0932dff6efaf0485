/** What a process is at, for tests that wait until it has nothing to do. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

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

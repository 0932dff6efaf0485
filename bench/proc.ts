/** What Linux tells of processes. Elsewhere every figure is NaN, and its row says that it is missing. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Resident now, bytes; the pages of the program's file are in it, which all its processes share. */
  readonly resident: number;
  /** Of those what is its own: heap, stacks, buffers. */
  readonly own: number;
  /** The most that was ever resident. */
  readonly peak: number;
}

/** @param status text of /proc/PID/status */
export function memoryOf(status: string): Memory {
  const bytes = (name: string): number => {
    const [, kilobytes = Number.NaN] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
    return Number(kilobytes) * 1024;
  };
  return { resident: bytes('VmRSS'), own: bytes('RssAnon'), peak: bytes('VmHWM') };
}

export const memory = (pid: number): Memory => memoryOf(textOf(`/proc/${pid}/status`));

/** Milliseconds that all threads of a process were on a core. */
export function cpuTime(pid: number): number {
  const threads = namesIn(`/proc/${pid}/task`);
  if (threads.length === 0) return Number.NaN;
  return threads.reduce((sum, id) => sum + onCore(textOf(`/proc/${pid}/task/${id}/schedstat`)), 0);
}

/** @param schedstat nanoseconds on a core, nanoseconds waiting for one, how often; empty once it has ended */
export const onCore = (schedstat: string): number => Number(schedstat.split(' ', 1)[0] || 0) / 1e6;

export interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Ticks (1/100 s) on a core of itself, and of the children that it has waited for. */
  readonly ticks: number;
}

/** @param stat text of /proc/PID/stat: the name, in brackets, may hold anything */
export function statOf(stat: string): Stat {
  const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const number = (at: number): number => Number(after[at]);
  const ticks = number(11) + number(12) + number(13) + number(14);
  return { pid: Number.parseInt(stat, 10), parent: number(1), ticks };
}

/** A process with all below it. */
export function treeOf(root: number, all: readonly Stat[]): Stat[] {
  const own = all.filter(({ pid }) => pid === root);
  const children = all.filter(({ parent }) => parent === root);
  return [...own, ...children.flatMap(({ pid }) => treeOf(pid, all))];
}

export const processTree = (root: number): Stat[] =>
  treeOf(
    root,
    namesIn('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => textOf(`/proc/${pid}/stat`))
      .filter((stat) => stat !== '')
      .map(statOf),
  );

/** Milliseconds on a core of a process and all that are below it now. */
export const cpuOfTree = (root: number): number =>
  processTree(root).reduce((sum, { pid }) => sum + cpuTime(pid), 0);

/** All cores together since the machine started, ticks. */
export interface Cores {
  readonly busy: number;
  /** Taken by the host from a virtual machine. */
  readonly stolen: number;
  readonly all: number;
}

/** @param stat text of /proc/stat */
export function coresOf(stat: string): Cores {
  const [
    user = Number.NaN,
    nice = 0,
    system = 0,
    idle = 0,
    wait = 0,
    irq = 0,
    soft = 0,
    stolen = 0,
  ] = /^cpu +(.*)$/m.exec(stat)?.[1]?.split(' ').map(Number) ?? [];
  const busy = user + nice + system + irq + soft;
  return { busy, stolen, all: busy + idle + wait + stolen };
}

export const cores = (): Cores => coresOf(textOf('/proc/stat'));

/** Empty where there is no such file, or its process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

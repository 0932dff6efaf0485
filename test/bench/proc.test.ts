import process from 'node:process';
import { describe, expect, it } from 'vitest';
import {
  coresOf,
  cpuOfTree,
  cpuTime,
  memory,
  memoryOf,
  onCore,
  statOf,
  treeOf,
} from '../../bench/proc.ts';

const status = `Name:	node
VmPeak:	11830552 kB
VmHWM:	   64296 kB
VmRSS:	   60744 kB
RssAnon:	   17500 kB
RssFile:	   43244 kB
`;

describe('what Linux tells of a process', () => {
  it('is its memory in bytes', () => {
    expect(memoryOf(status)).toEqual({
      resident: 60_744 * 1024,
      own: 17_500 * 1024,
      peak: 64_296 * 1024,
    });
  });

  it('is no number where there is nothing to read', () => {
    expect(memoryOf('').resident).toBeNaN();
    expect(coresOf('').all).toBeNaN();
    expect(cpuTime(2 ** 30)).toBeNaN();
  });

  it('is nanoseconds on a core, of which milliseconds are made', () => {
    expect(onCore('123456789 4000 12\n')).toBeCloseTo(123.456789);
    expect(onCore('')).toBe(0);
  });

  it('is its parent and its ticks, whatever it is called', () => {
    const stat = '42 (a) b) c) S 7 42 42 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 5 6 7';
    expect(statOf(stat)).toEqual({ pid: 42, parent: 7, ticks: 127 });
  });

  it('is a tree of processes', () => {
    const of = (pid: number, parent: number) => ({ pid, parent, ticks: 0 });
    const all = [of(1, 0), of(2, 1), of(3, 2), of(4, 1), of(5, 4)];
    expect(treeOf(2, all).map(({ pid }) => pid)).toEqual([2, 3]);
    expect(treeOf(1, all).map(({ pid }) => pid)).toEqual([1, 2, 3, 4, 5]);
    expect(treeOf(9, all)).toEqual([]);
  });

  it('is what all cores did', () => {
    expect(coresOf('cpu  10 1 20 100 5 2 3 7 0 0\ncpu0 1 1 1 1\n')).toEqual({
      busy: 36,
      stolen: 7,
      all: 148,
    });
  });

  it.runIf(process.platform === 'linux')('is told of this process too', () => {
    expect(memory(process.pid).resident).toBeGreaterThan(1e6);
    expect(cpuOfTree(process.pid)).toBeGreaterThan(0);
  });
});

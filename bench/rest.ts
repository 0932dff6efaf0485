/** A server that has nothing left to do: what is measured beside one that works is measured with half a machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOfTree } from './proc.ts';
import type { BenchServer } from './server.ts';

/** Milliseconds on a core, a second. */
const atRest = 50;
/** One look, and all of them, ms: up to 4.1.2 Dkron sorts all its jobs for each one that it takes up when it starts. */
const look = 500;
const patience = 45 * 60_000;

/** Waits for a Dkron that was just started, or that was asked for lists and given up. */
export async function rests({ pid }: BenchServer): Promise<void> {
  if (pid === null) return;
  for (const until = performance.now() + patience; performance.now() < until; ) {
    const before = cpuOfTree(pid);
    await sleep(look);
    if (!((cpuOfTree(pid) - before) / (look / 1_000) > atRest)) return;
  }
}

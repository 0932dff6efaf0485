/** The front door: the program, and what its start has of it already. */
import process from 'node:process';
import type { Compiled } from './cli/io.ts';
import { runProcess } from './cli/process.ts';
import type { Early } from './dkron/early.ts';

/** Runs the program with the arguments of its process; `bin/start.js` calls it. */
export const main = (compiled: Compiled, early: Early | null): Promise<void> =>
  runProcess(process.argv.slice(2), { compiled, early }).finally(() => early?.close());

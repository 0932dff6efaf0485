/** The front door: the program, and what its start has of it already. */
import process from 'node:process';
import type { Compiled } from './cli/io.ts';
import { runProcess } from './cli/process.ts';
import type { Begun } from './first.ts';

/** `bin/start.js` loads more of the bundle with it: V8 takes what it made of a script with the same flags only. */
export { loadAsStarted } from './cli/spare-memory.ts';

/** Runs the program with the arguments of its process; `bin/start.js` calls it. */
export const main = (compiled: Compiled, begun: Begun | null): Promise<void> =>
  runProcess(process.argv.slice(2), { compiled, ...begun }).finally(() => begun?.early?.close());

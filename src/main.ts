/** The front door: the program, and what its start has of it already. */
import process from 'node:process';
import type { Compiled } from './cli/io.ts';
import { runProcess } from './cli/process.ts';
import type { Begun } from './first.ts';

/** What loads more of the bundle: V8 takes what it made of it before with the flags that it had then only. */
export { loadAsStarted } from './cli/spare-memory.ts';

/** Runs the program with the arguments of its process; `bin/start.js` calls it. */
export const main = (compiled: Compiled, begun: Begun | null): Promise<void> =>
  runProcess(process.argv.slice(2), { compiled, ...begun }).finally(() => begun?.early?.close());

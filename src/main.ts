/**
 * The front door. What it imports is small: the first reads of a plain console are on their way before the
 * program is evaluated, so that the server works meanwhile.
 */
import process from 'node:process';
import { isatty } from 'node:tty';
import type { Compiled } from './cli/io.ts';
import { plainConsole } from './cli/plain.ts';
import { askEarly } from './dkron/early.ts';

/** Runs the program with the arguments of its process; `bin/start.js` calls it. */
export async function main(compiled: Compiled): Promise<void> {
  const argv = process.argv.slice(2);
  const url = isatty(0) && isatty(1) ? plainConsole(argv, process.env) : null;
  const early = url === null ? null : askEarly(url);
  await early?.away;
  const { runProcess } = await import('./cli/process.ts');
  await runProcess(argv, { compiled, early }).finally(() => early?.close());
}

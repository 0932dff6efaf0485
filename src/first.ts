/**
 * What is done before the program is read from the disk (`bin/start.js`), bundled by itself: the first reads
 * of a plain console are sent, so that the server works at its list while the program is loaded.
 */
import { isatty } from 'node:tty';
import { plainConsole } from './cli/plain.ts';
import { askEarly, type Early } from './dkron/early.ts';

/** Null for all but a plain console on a terminal. */
export function askFirst(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Early | null {
  const url = isatty(0) && isatty(1) ? plainConsole(argv, env) : null;
  return url === null ? null : askEarly(url);
}

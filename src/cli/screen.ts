/** Whether there is a terminal for the console, and how it is to be used. */
import { UsageError } from '../base/errors.ts';
import type { Io } from './io.ts';

/** For what prints where there is none. */
export const hasScreen = ({ stdin, stdout, env }: Io): boolean =>
  stdin.isTTY === true && stdout.isTTY === true && env['TERM'] !== 'dumb';

/** Throws UsageError where no screen can be shown. */
export function checkTerminal({ stdin, stdout, env }: Io): void {
  const missing = [stdin, stdout].filter(({ isTTY }) => isTTY !== true);
  if (missing.length > 0) {
    const what =
      missing.length === 2
        ? 'standard input and output are'
        : `${missing[0] === stdin ? 'standard input' : 'standard output'} is`;
    throw noScreen(`the console needs a terminal: ${what} not a terminal here`);
  }
  if (env['TERM'] === 'dumb')
    throw noScreen('the console needs a terminal that can show screens: TERM=dumb cannot');
}

const noScreen = (message: string): UsageError =>
  new UsageError(message, {
    data: 'nothing was sent',
    next: "commands work without one: 'dkron-tui jobs', 'dkron-tui --help'; with ssh, docker and kubectl add -t",
  });

/** Whether there is a terminal for the console, and how it is to be used. */
import process from 'node:process';
import { UsageError } from '../base/errors.ts';
import type { Io } from './io.ts';

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

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Loads what draws the screen. Its library reads the environment while it is loaded, and for CI,
 * an unknown TERM or FORCE_COLOR=0 would leave out reverse and bold, too: a screen needs those.
 */
export async function withColours<T>(env: Environment, load: () => Promise<T>): Promise<T> {
  const { FORCE_COLOR: before } = process.env;
  process.env['FORCE_COLOR'] = String(colourLevel(env));
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env['FORCE_COLOR'];
    else process.env['FORCE_COLOR'] = before;
  }
}

/** 1 for the sixteen colours and attributes, 2 for 256 colours, 3 for all. */
export function colourLevel({ FORCE_COLOR, COLORTERM = '', TERM = '' }: Environment): 1 | 2 | 3 {
  if (/^[123]$/.test(FORCE_COLOR ?? '')) return Number(FORCE_COLOR) as 1 | 2 | 3;
  if (/^(truecolor|24bit)$/.test(COLORTERM)) return 3;
  return TERM.includes('256') ? 2 : 1;
}

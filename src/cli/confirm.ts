import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { OperatorError, ReadOnly, UsageError } from '../base/errors.ts';
import { clean } from '../terminal/cell.ts';
import type { Invocation } from './invocation.ts';
import type { Io } from './io.ts';

/**
 * Asks before a write: on a terminal a question, elsewhere `--yes` is the answer. What cannot
 * simply be done again is agreed to by typing `expected`, else by y. Throws ReadOnly under
 * `--read-only`, UsageError where nobody can be asked, and OperatorError after a no.
 */
export async function confirm(
  { io, target }: Invocation,
  question: string,
  yes: boolean,
  expected?: string,
): Promise<void> {
  if (target.readOnly)
    throw new ReadOnly('--read-only is set', {
      data: 'nothing was written',
      next: 'to change the server, run it without --read-only',
    });
  if (yes) return;
  if (!io.stdin.isTTY || !io.stderr.isTTY)
    throw new UsageError(
      'this changes the server, and there is no terminal to ask for confirmation',
      {
        data: 'nothing was written',
        next: 'add --yes',
      },
    );
  const how = expected === undefined ? '[y/N]' : `Type ${expected} to confirm:`;
  const answer = await ask(io, clean(`${question} ${how} `));
  if (expected === undefined ? /^y(es)?$/i.test(answer) : answer === expected) return;
  throw new OperatorError('not confirmed', { data: 'nothing was written' });
}

/** A typed line; nothing when the terminal closes or Ctrl-C is pressed instead. */
async function ask(io: Io, prompt: string): Promise<string> {
  const terminal = createInterface({ input: io.stdin, output: io.stderr });
  const closed = once(terminal, 'close').then(() => '');
  try {
    const typed = terminal.question(prompt, { signal: io.signal }).catch(() => '');
    return (await Promise.race([typed, closed])).trim();
  } finally {
    terminal.close();
  }
}

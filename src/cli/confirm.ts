import { createInterface } from 'node:readline/promises';
import { OperatorError, ReadOnly, UsageError } from '../base/errors.ts';
import { clean } from '../terminal/cell.ts';
import type { Session } from './session.ts';

/**
 * Asks before a write: on a terminal a question, elsewhere `--yes` is the answer. Throws ReadOnly
 * under `--read-only`, UsageError where nobody can be asked, and OperatorError after a no.
 */
export async function confirm(
  { io, readOnly }: Session,
  question: string,
  yes: boolean,
): Promise<void> {
  if (readOnly)
    throw new ReadOnly('--read-only is set', {
      data: 'nothing was written',
      next: 'leave it out to change the server',
    });
  if (yes) return;
  if (!io.stdin.isTTY || !io.stderr.isTTY)
    throw new UsageError('this changes the server, and nobody can be asked here', {
      data: 'nothing was written',
      next: 'add --yes',
    });
  const terminal = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await terminal.question(`${clean(question)} [y/N] `, { signal: io.signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
    throw new OperatorError('left as it is', { data: 'nothing was written' });
  } finally {
    terminal.close();
  }
}

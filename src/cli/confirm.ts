import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { OperatorError, Protected, ReadOnly, UsageError } from '../base/errors.ts';
import { protectedAs, type Target } from '../config/target.ts';
import type { RestorePlan } from '../plan/model.ts';
import { clean } from '../terminal/cell.ts';
import type { Invocation } from './invocation.ts';
import type { Io } from './io.ts';

/**
 * Asks before a write: on a terminal a question, elsewhere `--yes` is the answer, and for a protected
 * context `--confirm` with its name. What cannot simply be done again is agreed to by typing
 * `expected`, a change of a protected context by its name, any other by y. Gives what opens the door
 * of a protected context. Throws ReadOnly, UsageError where nobody can be asked, and OperatorError
 * after a no.
 */
export async function confirm(
  { io, target, confirmed }: Invocation,
  question: string,
  yes: boolean,
  unless?: string,
): Promise<string | null> {
  checkWritable(target);
  const name = protectedAs(target);
  if (confirmed !== null && confirmed !== name) throw otherName(name, confirmed);
  if (confirmed !== null || (yes && name === null)) return name;
  const expected = unless ?? name ?? undefined;
  if (yes) throw notConfirmed(name!);
  if (!io.stdin.isTTY || !io.stderr.isTTY)
    throw new UsageError(
      'this changes the server, and there is no terminal to ask for confirmation',
      {
        data: 'nothing was written',
        next: 'add --yes',
      },
    );
  const how = expected === undefined ? '[y/N]' : `Type ${expected} to confirm:`;
  const answer = (await ask(io, clean(`${question} ${how} `))) ?? '';
  if (expected === undefined ? /^y(es)?$/i.test(answer) : answer === expected) return name;
  throw new OperatorError('not confirmed', { data: 'nothing was written' });
}

/** Throws ReadOnly. */
export function checkWritable(target: Target): void {
  if (target.readOnly) throw readOnly(target);
}

const readOnly = ({ context }: Target): ReadOnly =>
  new ReadOnly(context === null ? '--read-only is set' : `${context} is read-only here`, {
    data: 'nothing was written',
    next:
      context === null
        ? 'to change the server, run it without --read-only'
        : `to change the server, run it without --read-only, and without 'read-only' in the context ${context} of the config file`,
  });

/** Who wrote `--yes` into a script did not mean this context. */
const notConfirmed = (name: string): Protected =>
  new Protected(`${name} is protected: --yes is not enough to change it`, {
    data: 'nothing was written',
    next: `add --confirm ${name}`,
  });

const otherName = (name: string | null, confirmed: string): UsageError =>
  new UsageError(
    name === null
      ? `--confirm ${confirmed}: this server is not a protected context`
      : `--confirm ${confirmed}: this is ${name}`,
    {
      data: 'nothing was written',
      next:
        name === null
          ? 'use --yes, or choose the context with --context'
          : `to change ${name}, write --confirm ${name}`,
    },
  );

/** A typed line; null when the terminal closes or Ctrl-C is pressed instead. */
export async function ask(io: Io, prompt: string): Promise<string | null> {
  const terminal = createInterface({ input: io.stdin, output: io.stderr });
  const closed = once(terminal, 'close').then(() => null);
  try {
    const typed = terminal.question(prompt, { signal: io.signal }).catch(() => null);
    return (await Promise.race([typed, closed]))?.trim() ?? null;
  } finally {
    terminal.close();
  }
}

/** Deleting is agreed to by a name, or the number of jobs; anything else by y. */
export function answerTo({ items }: RestorePlan, names: ReadonlySet<string>): string | undefined {
  const deleted = items.filter(({ name, kind }) => kind === 'delete' && names.has(name));
  return deleted.length > 1 ? String(deleted.length) : deleted[0]?.name;
}

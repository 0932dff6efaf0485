/** The fresh read before a change, at the cluster that is to be changed. */
import { OperatorError, operatorError } from '../../base/errors.ts';
import type { Ahead } from './ahead.ts';
import { type Guard, stopped } from './guard.ts';
import { type Elsewhere, noLeader, whenLed } from './leader.ts';
import { currentAll, type Found } from './reread.ts';
import type { Refusal } from './result.ts';
import { refused, type Sender, type SendOptions } from './send.ts';

/** What a door works with. */
export interface Inside extends Omit<Sender, 'elsewhere'> {
  readonly guard: Guard;
  readonly ahead: Ahead;
}

export const elsewhereOf =
  ({ guard }: Inside): Elsewhere =>
  (signal) =>
    guard.check(signal);

/** The jobs as they are, or why they may not be changed. */
export async function look(
  inside: Inside,
  names: readonly string[],
  options: SendOptions,
): Promise<Map<string, Found> | Refusal> {
  const found = await reading(inside, options, async () => {
    const { client, guard, ahead } = inside;
    const { signal, listed } = options;
    const [stop, found] = await Promise.all([
      stopped(guard, signal),
      ahead.take(names) ?? currentAll(client, names, { signal }, listed).catch(operatorError),
    ]);
    return stop?.error ?? found;
  });
  return found instanceof OperatorError ? refused(found) : found;
}

/** Where several are changed, what does not answer is waited for. */
const reading = <T>(
  inside: Inside,
  { holds = false, signal, onWait }: SendOptions,
  work: () => Promise<T | OperatorError>,
): Promise<T | OperatorError> =>
  holds ? whenLed({ ...inside, elsewhere: elsewhereOf(inside), signal }, work, onWait) : work();

/** Dkron says of a failed deletion nothing at all: that there is no leader must be known before. */
export async function unled(inside: Inside, options: SendOptions): Promise<OperatorError | null> {
  const { client } = inside;
  const { signal } = options;
  return reading(inside, options, async () => {
    const leader = await client.leader({ signal }).catch(operatorError);
    if (leader instanceof OperatorError) return leader;
    return leader.value === null ? noLeader(client.url) : null;
  });
}

/** Pausing a node: a flag in the memory of that one node, which refuses new and changed jobs by it (4.0.9). */
import type { Pauses } from '../../base/clock.ts';
import { ChangedMeanwhile, OperatorError, OutcomeUnknown, Unsupported } from '../../base/errors.ts';
import type { Answer } from '../answer.ts';
import type { Dkron } from '../client.ts';
import { transportOf } from '../sender.ts';
import { sendPause } from './calls.ts';
import { between, type Elsewhere, failureOf, longest, patience } from './leader.ts';
import type { Refusal } from './result.ts';

/** The first Dkron that can be paused. */
export const pausesSince = '4.0.9';

export interface PauseOptions {
  /** The node that the operator saw; null where none was named. */
  readonly node: string | null;
  readonly signal?: AbortSignal | undefined;
  /** Told once when a server does not answer and is waited for. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
}

/** Which node did it, or had it so: perhaps not the one that was meant, where several answer at one address. */
export interface PauseDone {
  readonly outcome: 'done' | 'same';
  readonly node: string | null;
}

export type PauseResult =
  | PauseDone
  | Refusal
  | { readonly outcome: 'unknown'; readonly error: OperatorError };

/**
 * Pauses the answering node, or takes that back. Looks before which node answers, sends once, and reads
 * that node again. A definition is not changed, so nothing is journalled: the node forgets it when it
 * restarts, and the opposite takes it back.
 */
export async function setPaused(
  client: Dkron,
  clock: Pauses,
  wanted: boolean,
  { node, elsewhere, ...waiting }: PauseOptions & { readonly elsewhere: Elsewhere },
): Promise<PauseResult> {
  try {
    const before = await client.paused({ signal: waiting.signal });
    if (before.value === null) throw tooOld(client.url);
    if (node !== null && before.whom !== node) throw otherNode(client.url, node, before.whom);
    const asked = before.whom;
    if (before.value === wanted) return { outcome: 'same', node: asked };
    const did = await sendPause(transportOf(client), wanted).catch((error: unknown) => {
      if (error instanceof OutcomeUnknown) return error;
      throw error;
    });
    const isLost = did instanceof OutcomeUnknown;
    const whom = isLost ? asked : did;
    const now = await readAgain({ client, clock, elsewhere, wanted, whom, isLost, ...waiting });
    if (now === wanted || (now === undefined && !isLost)) return { outcome: 'done', node: whom };
    return { outcome: 'unknown', error: notSure(client.url, whom, wanted, now) };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { outcome: 'refused', error };
  }
}

interface Again extends Omit<PauseOptions, 'node'> {
  readonly client: Dkron;
  readonly clock: Pauses;
  readonly elsewhere: Elsewhere;
  readonly wanted: boolean;
  readonly whom: string | null;
  readonly isLost: boolean;
}

/** So often a node is looked for among others that answer at the same address. */
const tries = 5;

/**
 * What that node says of itself; undefined where it does not answer within half a minute, or only
 * others do. Where the answer was lost it must be the right cluster that is read.
 */
async function readAgain(again: Again): Promise<boolean | undefined> {
  const { client, clock, elsewhere, wanted, whom, isLost, signal, onWait } = again;
  const until = clock.now() + patience;
  let said: boolean | undefined;
  let answered = 0;
  for (let times = 0; answered < tries; times++) {
    const read = await once(client, isLost ? elsewhere : async () => null);
    if (read instanceof OperatorError) {
      if (client.closed || signal?.aborted || clock.now() >= until) return said;
      if (times === 0) onWait?.(read);
    } else {
      answered++;
      if (read.whom === whom) said = read.value ?? undefined;
      if (said === wanted || (said !== undefined && !isLost)) return said;
    }
    await clock.sleep(between / 4, signal);
  }
  return said;
}

async function once(
  client: Dkron,
  elsewhere: Elsewhere,
): Promise<Answer<boolean | null> | OperatorError> {
  const limit = AbortSignal.timeout(longest);
  try {
    const [read, other] = await Promise.all([client.paused({ signal: limit }), elsewhere(limit)]);
    return other ?? read;
  } catch (error) {
    return failureOf(error, client, limit);
  }
}

const tooOld = (url: string): Unsupported =>
  new Unsupported(`the Dkron of ${url} cannot be paused`, {
    data: 'Nothing was changed.',
    next: `It needs Dkron ${pausesSince} or newer.`,
  });

const otherNode = (url: string, node: string, whom: string | null): ChangedMeanwhile =>
  new ChangedMeanwhile(`${whom ?? 'another node'} answers at ${url} now, not ${node}`, {
    data: 'Nothing was sent: a pause holds for one node only.',
    next: 'Look which node answers, then ask again.',
  });

function notSure(
  url: string,
  whom: string | null,
  wanted: boolean,
  now: boolean | undefined,
): OutcomeUnknown {
  const verb = wanted ? 'paused' : 'unpaused';
  const says =
    now === undefined ? 'it does not answer' : `it says that it is ${now ? '' : 'not '}paused`;
  return new OutcomeUnknown(`it is not known whether ${whom ?? url} was ${verb}: ${says}`, {
    data: 'The request was sent once.',
    next: 'Look at it again; the same may safely be asked once more.',
  });
}

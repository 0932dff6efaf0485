/** A run whose request has no answer yet: a connection that died without a word never brings one. */

import type { Pauses } from '../../base/clock.ts';
import { OperatorError, OutcomeUnknown } from '../../base/errors.ts';
import type { Dkron } from '../client.ts';
import { lookAtRun } from './run-end.ts';

export interface Watching {
  readonly before: ReadonlySet<string>;
  readonly clock: Pauses;
  /** Ends the watching: it never settles then. */
  readonly signal: AbortSignal;
}

/** The first look comes after so long, the others each a fourth of the time later, within these; ms. */
const pauses = { first: 10_000, least: 5_000, most: 60_000 };
const pauseAfter = (passed: number): number =>
  Math.min(pauses.most, Math.max(pauses.least, passed / 4));
/** A run that does not show in so many looks at a server that answers was never asked for. */
const unseen = 5;

/**
 * Resolves with why no answer is to be expected any more: the run has ended, or does not show at all.
 * It never settles while the run goes on or the server cannot be read.
 */
export async function unanswered(
  client: Dkron,
  name: string,
  { before, clock, signal }: Watching,
): Promise<OutcomeUnknown> {
  const started = clock.now();
  let missing = 0;
  for (let wait = pauses.first; ; wait = pauseAfter(clock.now() - started)) {
    await clock.sleep(wait, signal);
    if (signal.aborted || client.closed) return never();
    const seen = await lookAtRun(client, name, before, signal).catch(never);
    if (seen instanceof OperatorError) {
      // The next look goes another way than the one that leads nowhere.
      client.renew();
      continue;
    }
    if (seen.executions.length > 0 && !seen.under) return noAnswer(client, name);
    missing = seen.executions.length === 0 && !seen.under ? missing + 1 : 0;
    if (missing >= unseen) return noAnswer(client, name);
  }
}

const never = (): Promise<never> => new Promise(() => {});

const noAnswer = ({ url }: Dkron, name: string): OutcomeUnknown =>
  new OutcomeUnknown(`${url} does not answer the request to run ${name}`);

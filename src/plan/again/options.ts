/** What a list of jobs is run again with. */
import type { Pauses } from '../../base/clock.ts';
import type { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Door } from '../../dkron/write/door.ts';
import type { AgainRecord, Begun } from './record.ts';
import type { AgainState } from './state.ts';

export interface AgainOptions {
  readonly door: Door;
  readonly client: Dkron;
  readonly clock: Pauses;
  readonly record: AgainRecord;
  /** What a program before this one came to; a new list unless told. */
  readonly begun?: Pick<Begun, 'asked' | 'ended'>;
  /** How many are asked for at a time. */
  readonly atOnce: number;
  /** From then on nothing more is asked for; what was is followed to its end. */
  readonly stop: AbortSignal;
  /** From then on nothing is waited for either. */
  readonly signal: AbortSignal;
  /** Told of each change. */
  readonly onState: (state: AgainState) => void;
  /** Told once each time that the server cannot be reached and is waited for. */
  readonly onWait: (failure: OperatorError) => void;
  /** How long a server that is away is waited for, ms. */
  readonly patience: number;
}

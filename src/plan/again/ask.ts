/** Asks for one run of the list, once, or looks for one that was asked for before. */
import {
  NotSent,
  type OperatorError,
  OtherCluster,
  Protected,
  ReadOnly,
  Unreachable,
} from '../../base/errors.ts';
import type { RunResult } from '../../dkron/write/run.ts';
import { executionIds } from '../../dkron/write/run-end.ts';
import type { AgainOptions } from './options.ts';
import type { Before } from './record.ts';
import { untilReady } from './until-ready.ts';

export interface Asking extends Omit<AgainOptions, 'onState'> {
  readonly name: string;
  /** What its success starts. */
  readonly carries: readonly string[];
  /** It is noted, and about to be sent. */
  readonly onAsked: (before: Before) => void;
  /** It was certainly not sent, and is tried again. */
  readonly onUnsent: () => void;
  readonly onLost: (failure: OperatorError) => void;
}

/** Of a run whose end is not waited for any more, or that was not asked for: why none of the others is, null for no reason. */
export interface Left {
  readonly outcome: 'left';
  readonly error: OperatorError | null;
}

const left = (error: OperatorError | null = null): Left => ({ outcome: 'left', error });

/**
 * Waits for a server that is away, also where the request was certainly not sent; what may have been sent is never
 * sent again. Throws what the record cannot keep.
 */
export async function askOnce(asking: Asking): Promise<RunResult | Left> {
  const { name, door, record, client, clock, stop, signal, patience, onWait } = asking;
  for (let since: number | null = null; ; ) {
    if (stop.aborted) return left();
    const failure = await untilReady({ client, clock, signal: stop, onWait, patience });
    if (failure !== null) return left(stop.aborted ? null : failure);
    let noted = false;
    const onSending = async (ids: ReadonlySet<string>): Promise<void> => {
      if (stop.aborted) throw new NotSent('stopped before it was sent');
      const before = await beforeOf(asking, ids);
      await record.note({ asked: name, before });
      noted = true;
      asking.onAsked(before);
    };
    const { onLost } = asking;
    const how = { signal, patience, outputLimit: shown, onWait, onSending, onLost };
    const result = await door.run(name, how).catch(whenLeft(signal));
    if (result.outcome !== 'refused') return result;
    const { error } = result;
    if (error instanceof NotSent) return left();
    if (!mayPass(error)) return isForAll(error) ? left(error) : result;
    if (noted) await record.note({ unsent: name });
    since ??= clock.now();
    if (client.closed || clock.now() - since > patience) return left(error);
    asking.onUnsent();
    await clock.sleep(pause, stop);
  }
}

/** Also of those that its success starts: their runs are told from those before by these. */
async function beforeOf(
  { name, carries, client, signal }: Asking,
  ids: ReadonlySet<string>,
): Promise<Before> {
  const before: Record<string, readonly string[]> = { [name]: [...ids] };
  for (const child of carries) before[child] = [...(await executionIds(client, child, signal))];
  return before;
}

/** Sends nothing: `before` are the executions that there were; `lost` why it is not known whether it was sent. */
export const findAsked = (
  { door, signal, patience, onWait }: Pick<AgainOptions, 'door' | 'signal' | 'patience' | 'onWait'>,
  name: string,
  before: Iterable<string>,
  lost: OperatorError | null,
): Promise<RunResult | Left> =>
  door
    .findRun(name, {
      before: new Set(before),
      lost,
      signal,
      patience,
      onWait,
      outputLimit: shown,
    })
    .catch(whenLeft(signal));

/** Before it is tried again after a request that was certainly not sent, ms. */
const pause = 500;
/** Bytes of an output whose end tells how it went. */
const shown = 2_000;

/** Certainly nothing was sent, and the same may be asked for when the server is there again. */
const mayPass = (error: OperatorError): boolean => error instanceof Unreachable;

/** What the others would meet, too. */
const isForAll = (error: OperatorError): boolean =>
  [OtherCluster, ReadOnly, Protected].some((kind) => error instanceof kind);

const whenLeft =
  (signal: AbortSignal) =>
  (error: unknown): Left => {
    if (signal.aborted) return left();
    throw error;
  };

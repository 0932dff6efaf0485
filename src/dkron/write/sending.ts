/** Requests that go out together, each until it was accepted, was refused, or may have happened. */
import {
  NotSent,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Refused,
  ServerError,
  TooBusy,
} from '../../base/errors.ts';
import type { Lanes } from './lanes.ts';
import { between, passes, patience, untilLed, type Waiting } from './leader.ts';
import type { Request } from './requests.ts';
import { NotYet } from './result.ts';

export interface Sending extends Waiting {
  readonly lanes: Lanes;
  /** What was certainly not carried out is sent again once the cluster takes changes. */
  readonly holds: boolean;
  /** Called for each that is dealt with. */
  readonly onAnswer?: (() => void) | undefined;
  /** Told why the others wait. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
}

/**
 * Gives why each was not accepted; those that are missing were. An error that the others would get too
 * ends the sending, or holds it: until the cluster has a leader again, half a minute at most since a
 * change was last accepted. What may have happened is never sent again.
 */
export const sendAll = (
  requests: readonly Request[],
  sending: Sending,
): Promise<Map<Request, OperatorError>> => new Pump(requests, sending).run();

class Pump {
  readonly #sending: Sending;
  readonly #queue: Queue;
  readonly #failures = new Map<Request, OperatorError>();
  /** Why the rest is not sent. */
  #ended: OperatorError | null = null;
  #defect: unknown;
  /** Why the rest waits. */
  #trouble: Trouble | null = null;
  /** Since when nothing is accepted any more; null while something is. */
  #since: number | null = null;
  // What was sent before a hold takes no lane after it: it may hang on a connection that is dead.
  #round = { underWay: 0 };
  #underWay = 0;
  #wake = Promise.withResolvers<void>();

  constructor(requests: readonly Request[], sending: Sending) {
    this.#sending = sending;
    this.#queue = new Queue(requests);
  }

  async run(): Promise<Map<Request, OperatorError>> {
    while (this.#underWay > 0 || (this.#queue.size > 0 && this.#goesOn)) {
      if (this.#trouble === null) this.#fill();
      if (this.#trouble !== null && this.#queue.size > 0 && this.#goesOn)
        await this.#hold(this.#trouble);
      else if (this.#underWay > 0) await this.#wake.promise;
      this.#wake = Promise.withResolvers();
    }
    if (this.#defect !== undefined) throw this.#defect;
    this.#giveUp();
    return this.#failures;
  }

  get #goesOn(): boolean {
    const { signal } = this.#sending;
    return this.#ended === null && this.#defect === undefined && !signal?.aborted;
  }

  #fill(): void {
    while (this.#goesOn && this.#round.underWay < this.#sending.lanes.width) {
      const request = this.#queue.next();
      if (request === undefined) return;
      void this.#send(request);
    }
  }

  async #send(request: Request): Promise<void> {
    const { lanes, onAnswer } = this.#sending;
    const round = this.#round;
    const { era } = lanes;
    round.underWay++;
    this.#underWay++;
    try {
      await request.send();
      this.#failures.delete(request);
      this.#queue.accepted(request);
      this.#since = null;
      lanes.accepted();
      onAnswer?.();
    } catch (error) {
      if (!(error instanceof OperatorError)) this.#defect = error;
      else this.#answered(request, error, { isLate: round !== this.#round, era });
    } finally {
      round.underWay--;
      this.#underWay--;
      this.#wake.resolve();
    }
  }

  /** What becomes of it, and of the others, after an answer that is no yes. */
  #answered(request: Request, error: OperatorError, { isLate, era }: When): void {
    const { lanes, holds, onAnswer } = this.#sending;
    const fate = fateOf(error, holds);
    this.#failures.set(request, error);
    if (fate === 'again') this.#queue.again(request);
    else {
      for (const later of this.#queue.without(request))
        this.#failures.set(later, new NotYet(request.name));
      onAnswer?.();
    }
    if (fate === 'end') this.#ended ??= error;
    if (fate === 'alone' || fate === 'end') return;
    if (error instanceof TooBusy && lanes.width > 1) lanes.tooBusy(era);
    else if (!isLate) this.#trouble ??= { error, isOfServer: error.cause instanceof ServerError };
  }

  async #hold({ error, isOfServer }: Trouble): Promise<void> {
    const { clock, lanes, signal, onWait } = this.#sending;
    const isFirst = this.#since === null;
    this.#since ??= clock.now();
    if (isFirst) onWait?.(error);
    this.#round = { underWay: 0 };
    const until = this.#since + patience;
    const pause = isFirst ? (isOfServer ? unnoticed : 0) : between;
    const failure = clock.now() < until ? await untilLed(this.#sending, { until, pause }) : error;
    if (failure !== null && !signal?.aborted) this.#ended ??= failure;
    this.#trouble = null;
    lanes.begin();
  }

  #giveUp(): void {
    for (const request of this.#queue.rest()) {
      // One that was refused for now says so itself.
      if (this.#ended === null || !this.#failures.has(request))
        this.#failures.set(request, notSent(this.#ended));
      this.#sending.onAnswer?.();
    }
  }
}

/** When something was sent. */
interface When {
  /** Before the last hold. */
  readonly isLate: boolean;
  readonly era: number;
}

interface Trouble {
  readonly error: OperatorError;
  /** Dkron itself answered that it did not succeed. */
  readonly isOfServer: boolean;
}

/** So long followers believe in a leader that is dead, ms: raft's heartbeat twice, and a little more. */
const unnoticed = 2_500;

/**
 * `alone`: the others may fare better. `again`: it was certainly not carried out, and can be later. `hold`:
 * it may have happened, and the others wait. `end`: the others would get the same.
 */
type Fate = 'alone' | 'again' | 'hold' | 'end';

function fateOf(error: OperatorError, holds: boolean): Fate {
  if (holds && passes(error)) return 'again';
  if (error instanceof Refused || error instanceof ParentMissing) return 'alone';
  return holds && error instanceof OutcomeUnknown ? 'hold' : 'end';
}

const notSent = (cause: OperatorError | null): NotSent =>
  new NotSent(`not sent: ${cause?.message ?? 'interrupted'}`, { cause });

/** What is to be sent, in its order; what comes after another, and what is sent again, comes last. */
class Queue {
  readonly #all: Request[];
  #at = 0;
  /** By what was not accepted yet. */
  readonly #later: Map<Request | undefined, Request[]>;

  constructor(requests: readonly Request[]) {
    this.#later = Map.groupBy(requests, ({ after }) => after);
    this.#all = this.#takeLater(undefined);
  }

  /** Of those that can be sent now. */
  get size(): number {
    return this.#all.length - this.#at;
  }

  accepted(request: Request): void {
    this.#all.push(...this.#takeLater(request));
  }

  /** Those that were to come after it, and after them: they are not sent. */
  without(request: Request): Request[] {
    const later = this.#takeLater(request);
    // A chain may be longer than any call stack.
    for (const each of later) later.push(...this.#takeLater(each));
    return later;
  }

  #takeLater(request: Request | undefined): Request[] {
    const later = this.#later.get(request) ?? [];
    this.#later.delete(request);
    return later;
  }

  next(): Request | undefined {
    const request = this.#all[this.#at];
    if (request !== undefined) this.#at++;
    return request;
  }

  again(request: Request): void {
    this.#all.push(request);
  }

  rest(): readonly Request[] {
    return [...this.#all.slice(this.#at), ...[...this.#later.values()].flat()];
  }
}

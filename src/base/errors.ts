/**
 * The table of everything an operator can act on: one class each, with what happened (message),
 * what it means for the data, what to do next, and the exit code of the headless commands.
 */

export const exitCodes = {
  ok: { code: 0, meaning: 'done, or nothing to do' },
  failure: { code: 1, meaning: 'failed for another reason' },
  usage: { code: 2, meaning: 'the command line was wrong; nothing was sent' },
  differs: { code: 3, meaning: 'there are differences, or changes that were not written' },
  partial: {
    code: 4,
    meaning: 'some jobs were done, others were not; or a parent lists its children wrongly',
  },
  changed: { code: 5, meaning: 'the job has changed since it was read; nothing was written' },
  unreachable: { code: 6, meaning: 'the server could not be reached, or is not a Dkron' },
  corrupt: { code: 7, meaning: 'a file is damaged, or has another format' },
  notFound: { code: 8, meaning: 'no such job, execution or file' },
  refused: {
    code: 9,
    meaning:
      'refused by the server, or here (read-only, another cluster answers); the message says why',
  },
  unknown: {
    code: 10,
    meaning: 'a change was sent, and it is not known whether it was made',
  },
  unproven: {
    code: 11,
    meaning: 'nothing is damaged, and not everything is proven: a snapshot has no manifest',
  },
  unfinished: {
    code: 12,
    meaning: 'the run has not ended: of its output only the last piece is known',
  },
  interrupted: {
    code: 130,
    meaning: 'interrupted (Ctrl-C); 128 + n for another signal that ends it',
  },
} as const;

export type ExitName = keyof typeof exitCodes;

/** What a check says, as programs read it. */
export interface Found {
  readonly rule: string;
  readonly level: string;
  readonly path: string;
  readonly text: string;
}

export interface Advice {
  /** What it means for the data: "nothing was written". */
  readonly data?: string;
  /** What to do next. */
  readonly next?: string;
  /** What the checks found, where that is why. */
  readonly findings?: readonly Found[];
  readonly cause?: unknown;
}

/** An error written for the operator; everything else that is thrown is a defect of ours. */
export class OperatorError extends Error {
  readonly data: string | undefined;
  readonly next: string | undefined;
  readonly findings: readonly Found[];
  readonly exit: ExitName = 'failure';

  constructor(message: string, advice: Advice = {}) {
    super(message, advice.cause === undefined ? undefined : { cause: advice.cause });
    this.name = new.target.name;
    this.data = advice.data;
    this.next = advice.next;
    this.findings = advice.findings ?? [];
  }
}

/** Nothing answers there: connection refused, reset, timed out, name not found. */
export class Unreachable extends OperatorError {
  override readonly exit = 'unreachable';
}
/** Something answers, but it is not a Dkron (a proxy's page, another program). */
export class NotDkron extends OperatorError {
  override readonly exit = 'unreachable';
}
export class NotFound extends OperatorError {
  override readonly exit = 'notFound';
}
/** This Dkron is too old for what was asked. */
export class Unsupported extends OperatorError {
  override readonly exit = 'refused';
}
/** The server refused the job; `message` carries its own text. */
export class Refused extends OperatorError {
  override readonly exit = 'refused';
}
/** Who asks is not let in: without credentials, or with wrong ones (`shown`). */
export class Unauthorised extends Refused {
  readonly shown: boolean;

  constructor(message: string, shown: boolean, advice: Advice = {}) {
    super(message, advice);
    this.shown = shown;
  }
}
/** Who asks is known, and may not do this. */
export class Forbidden extends Refused {
  /** What the server says of it; "" for nothing. */
  readonly why: string;

  constructor(message: string, why: string, advice: Advice = {}) {
    super(message, advice);
    this.why = why;
  }
}
/** The server took no more at that moment, and did nothing of it; a little later it may. */
export class TooBusy extends Refused {}
export class ParentMissing extends OperatorError {
  override readonly exit = 'refused';
}
/** The answering node has paused new submissions (`POST /v1/pause`). */
export class Paused extends OperatorError {
  override readonly exit = 'refused';
}
/** The cluster has no leader: reads work, writes do not. */
export class NoLeader extends OperatorError {
  override readonly exit = 'unreachable';
}
/** The server changed between the look and the write. */
export class ChangedMeanwhile extends OperatorError {
  override readonly exit = 'changed';
}
/**
 * Another cluster answers than the one that was looked at. Not `changed`: who reads again and tries again
 * after that would write to the other one.
 */
export class OtherCluster extends OperatorError {
  override readonly exit = 'refused';
}
/** The request was sent and no answer came: it may or may not have happened. */
export class OutcomeUnknown extends OperatorError {
  override readonly exit = 'unknown';
}
/** Held back because of what became of the others, or by Ctrl-C. */
export class NotSent extends OperatorError {
  override readonly exit = 'partial';
}
/** A run has no end, so that how it ended and all that it printed is not known. */
export class Unfinished extends OperatorError {
  override readonly exit = 'unfinished';
}
export class CorruptFile extends OperatorError {
  override readonly exit = 'corrupt';
}
export class UsageError extends OperatorError {
  override readonly exit = 'usage';
}
export class ReadOnly extends OperatorError {
  override readonly exit = 'refused';
}
/** A change of a protected context that nobody agreed to by typing its name. */
export class Protected extends OperatorError {
  override readonly exit = 'refused';
}
/** The server failed in a way none of the others describes. */
export class ServerError extends OperatorError {}
/** One entry of the server's list cannot be read as a job; the others can. */
export class UnreadableJob extends ServerError {}
/** A defect of this program. */
export class Defect extends OperatorError {}

/**
 * Whether our own code broke, as JavaScript itself says it. The failures of Node's and undici's
 * connections have codes.
 */
export const isBroken = (error: unknown): boolean =>
  (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) &&
  !('code' in error);

/** The error as lines for a person: what happened, what it means, what to do. */
export function explain(error: unknown): string[] {
  if (error instanceof OperatorError)
    return [error.message, error.data, error.next].filter((line) => line !== undefined);
  return [error instanceof Error ? error.message : String(error)];
}

export function exitCodeOf(error: unknown): number {
  return exitCodes[error instanceof OperatorError ? error.exit : 'failure'].code;
}

/** What an operator can act on; throws anything else, which is a defect. */
export function operatorError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  throw error;
}

/** Nothing, in place of what an operator could act on; a defect of ours stays one. */
export function noneFor(error: unknown): null {
  operatorError(error);
  return null;
}

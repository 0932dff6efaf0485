/** What became of a change, in an operator's words: every door says it with these. */
import {
  ChangedMeanwhile,
  explain,
  NotSent,
  OperatorError,
  OutcomeUnknown,
  ParentMissing,
  Refused,
  TooBusy,
  Unauthorised,
  UnreadableJob,
} from '../base/errors.ts';
import { patience } from '../dkron/write/leader.ts';
import { type WriteResult, withUnnoted } from '../dkron/write/result.ts';
import type { Action, RestoreOutcome, RestoreResult } from './model.ts';

export type Told = Omit<RestoreResult, 'name'>;

interface Words {
  /** It is done, and was seen. */
  readonly done: string;
  /** There was nothing to do. */
  readonly same: string;
  /** After `not` and `not known whether it was`. */
  readonly past: string;
}

const words: Readonly<Record<Action, Words>> = {
  write: { done: 'written and verified', same: 'already up to date', past: 'written' },
  create: { done: 'written and verified', same: 'already up to date', past: 'created' },
  delete: { done: 'deleted and verified', same: 'already deleted', past: 'deleted' },
  disable: { done: 'disabled and verified', same: 'already disabled', past: 'disabled' },
  enable: { done: 'enabled and verified', same: 'already enabled', past: 'enabled' },
  run: { done: 'finished', same: 'nothing to run', past: 'run' },
  clear: { done: 'cleared', same: 'no executions to clear', past: 'cleared' },
};

/** How an action ended, without its cause. */
export function verdict(action: Action, outcome: RestoreOutcome): string {
  const { done, same, past } = words[action];
  if (outcome === 'written') return done;
  if (outcome === 'same') return same;
  return outcome === 'unknown' ? `not known whether it was ${past}` : `not ${past}`;
}

export const isDone = ({ outcome }: Told): boolean => outcome === 'written' || outcome === 'same';

/** `why` says more than that there is nothing to do. */
export const same = (action: Action = 'write', why = ''): Told => ({
  outcome: 'same',
  message: why || verdict(action, 'same'),
});
export const skipped = (message: string, action: Action = 'write'): Told => ({
  outcome: 'skipped',
  message,
  action,
});
/** Not sent, because of what became of another. */
export function heldBack(what: string, cause: Told, own?: Action): Told {
  const { action = 'write', outcome } = cause;
  const { past } = words[action];
  const why = outcome === 'unknown' ? `it is not known whether ${what} was` : `${what} was not`;
  return { ...skipped(`not sent: ${why} ${past}`, own), ...(isOpen(cause) && { open: true }) };
}
export const interrupted = (action: Action = 'write'): Told => ({
  ...skipped('not sent: interrupted', action),
  open: true,
});

/** Why nothing more is sent: what kept back some already, or an error that the others would get too. */
export function endOf(results: readonly Told[], action?: Action): Told | null {
  const errors = results.map(({ error }) => error).filter((error) => error !== undefined);
  const keptBack = errors.find((error) => error instanceof NotSent && error.cause);
  const end = keptBack?.cause ?? errors.find((error) => !isAboutOne(error));
  if (!(end instanceof OperatorError)) return null;
  return { ...skipped(`not sent: ${end.message}`, action), open: true };
}

const isAboutOne = (error: OperatorError): boolean =>
  isFinal(error) ||
  [NotSent, Refused, OutcomeUnknown, ChangedMeanwhile].some((kind) => error instanceof kind);

/** What the door answered; of a run and a clearing as well, whose `done` is `written` here. */
export type Answer =
  | WriteResult
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused' | 'unknown'; readonly error: OperatorError };

export function told(action: Action, result: Answer): Told {
  if (result.outcome === 'done')
    return { outcome: 'written', message: verdict(action, 'written'), action };
  if (result.outcome === 'written') {
    const { outcome } = result;
    return { outcome, message: withUnnoted(verdict(action, outcome), result), action };
  }
  if (result.outcome === 'same')
    return { outcome: 'same', message: verdict(action, 'same'), action };
  const { error } = result;
  const why = explain(error).join(' · ');
  if (error instanceof NotSent) return { outcome: 'skipped', message: why, action, error };
  const { outcome } = result;
  const message = `${verdict(action, outcome)}: ${why}`;
  if (result.outcome !== 'changed') return { outcome, message, action, error };
  return { outcome, message, action, error, now: result.now?.job ?? null };
}

/** Whether it did not come to its end, so that another program may go on with it (plan/unfinished). */
export const isOpen = ({ outcome, error, open = false }: Told): boolean =>
  open ||
  outcome === 'unknown' ||
  error instanceof NotSent ||
  (outcome === 'refused' && error !== undefined && !isFinal(error));

/** Whether anything was sent that may have happened: else the same can be said again as well. */
export const isBegun = (results: readonly RestoreResult[]): boolean =>
  results.some(({ outcome }) => outcome === 'written' || outcome === 'unknown');

/** Whether the same again would be refused again, and others may go well. */
const isFinal = (error: OperatorError): boolean =>
  (error instanceof Refused && !(error instanceof Unauthorised || error instanceof TooBusy)) ||
  error instanceof ParentMissing ||
  error instanceof UnreadableJob;

/** How a run ended: by the nodes on which its last try failed. */
export const toldRun = (failedOn: readonly string[]): Told =>
  failedOn.length === 0
    ? told('run', { outcome: 'done' })
    : {
        outcome: 'written',
        message: `ran, but failed on ${failedOn.join(', ')}`,
        action: 'run',
        runFailed: true,
      };

/** Where the jobs are as they were before. */
export const safetyText = (name: string): string => `safety snapshot ${name}`;

/** The server does not answer any more, or takes no changes: what is done about it. */
export const waitingText = ({ message }: OperatorError): string =>
  `${message}; waiting up to ${patience / 1000} s`;

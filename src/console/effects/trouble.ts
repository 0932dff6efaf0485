/** What keeps a server from being read, for the header: which kind it is, and why in words. */
import {
  Defect,
  explain,
  Forbidden,
  NotDkron,
  type OperatorError,
  Unauthorised,
  Unreachable,
} from '../../base/errors.ts';
import { whyUnreachable } from '../../dkron/connection-error.ts';
import type { Message, Trouble } from '../state/model.ts';

export function troubleOf(error: OperatorError): Trouble {
  if (error instanceof Unauthorised) return error.shown ? 'wrong credentials' : 'no credentials';
  if (error instanceof Forbidden) return 'forbidden';
  if (error instanceof NotDkron) return 'wrong service';
  if (!(error instanceof Unreachable)) return 'failing';
  return error.cause !== undefined && whyUnreachable(error) === 'connection refused'
    ? 'refused'
    : 'unreachable';
}

/** The reason in words; of what forbids it the server's own. */
const reasonIn = (error: OperatorError): string =>
  (error instanceof Forbidden && error.why) || error.message;

export interface Why {
  readonly trouble: Trouble;
  readonly reason: string;
}

/** Says of any failure what stands in the way; where that is a defect of ours, its details once. */
export function troubleTeller(
  known: (error: unknown) => OperatorError,
  dispatch: (message: Message) => void,
): (error: unknown) => Why {
  /** The stacks of defects that were told of, with what was said. */
  const told = new Map<string, string>();
  return (error) => {
    const again = error instanceof Error && told.get(String(error.stack));
    if (again) return { trouble: 'failing', reason: again };
    const failure = known(error);
    if (failure instanceof Defect) {
      told.set(String((error as Error).stack), failure.message);
      const text = explain(failure).join(' · ');
      dispatch({ type: 'flash', flash: { level: 'error', text } });
    }
    return { trouble: troubleOf(failure), reason: reasonIn(failure) };
  };
}

/** What keeps a server from being read, for the header: which kind it is, and why in words. */
import {
  Forbidden,
  NotDkron,
  type OperatorError,
  Unauthorised,
  Unreachable,
} from '../../base/errors.ts';
import { whyUnreachable } from '../../dkron/connection-error.ts';
import type { Trouble } from '../state/model.ts';

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
export const reasonIn = (error: OperatorError): string =>
  (error instanceof Forbidden && error.why) || error.message;

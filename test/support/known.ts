import { OperatorError } from '../../src/base/errors.ts';

/** For tests in which no code of ours breaks: what an operator can act on, and nothing else. */
export function known(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  throw error;
}

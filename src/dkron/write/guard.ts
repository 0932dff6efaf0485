/** What stands before every change: is this still the cluster that the operator looked at? */
import { type OtherCluster, operatorError } from '../../base/errors.ts';
import type { Refusal } from './result.ts';
import { refused } from './send.ts';

export interface Guard {
  /**
   * Null while the server that answers now is of that cluster; else why nothing may be sent. Throws
   * what reading throws, and the signal's reason.
   */
  check(signal: AbortSignal | undefined): Promise<OtherCluster | null>;
  /** Told of jobs that were perhaps changed by what was sent: of their past nothing is known any more. */
  changed(names: readonly string[]): Promise<void>;
}

/** Why nothing may be sent, or null. Throws the signal's reason. */
export async function stopped(
  guard: Guard,
  signal: AbortSignal | undefined,
): Promise<Refusal | null> {
  const other = await guard.check(signal).catch(operatorError);
  return other === null ? null : refused(other);
}

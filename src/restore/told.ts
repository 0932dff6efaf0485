/** What became of one job of a plan, in an operator's words. */
import { explain, NotSent } from '../base/errors.ts';
import { type WriteResult, withUnnoted } from '../dkron/write-result.ts';
import type { RestoreResult } from './model.ts';

export type Told = Omit<RestoreResult, 'name'>;

export const isDone = ({ outcome }: Told): boolean => outcome === 'written' || outcome === 'same';

export const same: Told = { outcome: 'same', message: 'the server has it so already' };
export const skipped = (message: string): Told => ({ outcome: 'skipped', message });
export const interrupted = skipped('not sent: interrupted');

/** The write door's answer; `done` says what was done. */
export function told(result: WriteResult, done: string): Told {
  if (result.outcome === 'written') {
    const { outcome, unnoted } = result;
    const message = withUnnoted(done, result);
    return { outcome, message, ...(unnoted === undefined ? {} : { unnoted }) };
  }
  if (result.outcome === 'same') return same;
  const { error } = result;
  const outcome = error instanceof NotSent ? 'skipped' : result.outcome;
  return { outcome, message: explain(error).join(' · '), error };
}

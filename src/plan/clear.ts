import { NotFound, Refused } from '../base/errors.ts';
import type { Door } from '../dkron/write/door.ts';
import type { ClearOptions } from '../dkron/write/run.ts';
import type { RestoreResult } from './model.ts';
import { interrupted, skipped, type Told, told } from './outcome.ts';

/** The first Dkron that can erase executions. */
export const clearsSince = '4.1.0';

/**
 * Erases the executions of jobs, one after the other. A job that is refused is passed over; a
 * failure that would meet the others too, or an interruption, ends the sending.
 */
export async function clearAll(
  door: Door,
  names: readonly string[],
  options: ClearOptions,
): Promise<RestoreResult[]> {
  const results: RestoreResult[] = [];
  let ended: Told | null = null;
  for (const name of names) {
    if (options.signal?.aborted) ended ??= interrupted('clear');
    const what = ended ?? told('clear', await door.clear(name, options));
    results.push({ name, ...what });
    if (ended === null && what.error !== undefined && !isAboutOne(what))
      ended = skipped(`not sent: ${what.error.message}`, 'clear');
  }
  return results;
}

const isAboutOne = ({ error }: Told): boolean =>
  error instanceof Refused || error instanceof NotFound;

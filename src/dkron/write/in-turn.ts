/** Changes that wait for another. */
import type { Request } from './requests.ts';
import { NotYet, type WriteResult } from './result.ts';
import { refused } from './send.ts';

/** What is to be sent after another, where that is to be sent; what it has to wait for in vain is not. */
export function inTurn(
  request: Request,
  after: string | undefined,
  decided: ReadonlyMap<string, WriteResult | Request>,
): WriteResult | Request {
  const before = after === undefined ? undefined : decided.get(after);
  if (before === undefined) return request;
  if (!('outcome' in before)) return { ...request, after: before };
  return before.outcome === 'same' ? request : refused(new NotYet(after!));
}

/** What becomes of many jobs, told some at a time: each message is another state and another frame. */
import type { RestoreResult } from '../../plan/model.ts';

export interface Gathered {
  readonly add: (result: RestoreResult) => void;
  /** Tells what is left of them. */
  readonly end: () => void;
}

/** Nobody reads faster, ms. */
const often = 50;

export function gatherResults(
  now: () => number,
  tell: (results: readonly RestoreResult[]) => void,
): Gathered {
  let told = Number.NEGATIVE_INFINITY;
  let waiting: RestoreResult[] = [];
  const end = (): void => {
    if (waiting.length > 0) tell(waiting);
    waiting = [];
    told = now();
  };
  return {
    add: (result) => {
      waiting.push(result);
      if (now() - told >= often) end();
    },
    end,
  };
}

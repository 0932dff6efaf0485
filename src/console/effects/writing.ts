/** What the last line of the screen says while jobs are written: how far it is, and what is waited for. */
import type { OperatorError } from '../../base/errors.ts';
import { waitingText } from '../../plan/outcome.ts';
import { writingText } from '../../view/progress.ts';
import type { Message } from '../state/model.ts';
import type { Flash } from '../state/said.ts';

export interface Telling {
  /** How many of the jobs are dealt with. */
  readonly onProgress: (done: number) => void;
  readonly onWait: (failure: OperatorError) => void;
}

/** Nobody reads faster, ms. */
const often = 100;

/** Of so many jobs; what was waited for goes when it goes on. */
export function tellWriting(
  total: number,
  now: () => number,
  dispatch: (message: Message) => void,
): Telling {
  const began = now();
  let told = began;
  let waits: Flash | null = null;
  return {
    onWait: (failure) => {
      waits = { level: 'info', text: waitingText(failure) };
      dispatch({ type: 'flash', flash: waits });
    },
    onProgress: (done) => {
      const at = now();
      if (at - told < often) return;
      told = at;
      if (waits !== null) dispatch({ type: 'forget', flash: waits });
      waits = null;
      const progress = { text: writingText(done, total, at - began), share: done / total };
      dispatch({ type: 'waiting', text: 'writing', progress });
    },
  };
}

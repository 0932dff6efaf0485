/** What a command says on stderr while it writes jobs: how far it is, and what it waits for. */
import type { OperatorError } from '../base/errors.ts';
import { waitingText } from '../plan/outcome.ts';
import { writingText } from '../view/progress.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress.ts';

export interface WritingLine {
  /** How many of the jobs are dealt with. */
  readonly onProgress: (done: number) => void;
  readonly onWait: (failure: OperatorError) => void;
  readonly end: () => void;
}

/** Nobody reads faster, ms. */
const often = 100;

/** The line is there where `isWanted`; what is waited for is always said. */
export function writingLine(io: Io, isWanted: boolean, total: number): WritingLine {
  const line = progressLine(io, isWanted);
  const began = performance.now();
  let told = began;
  return {
    onProgress: (done) => {
      const now = performance.now();
      if (now - told < often) return;
      told = now;
      line.tell(`writing ${writingText(done, total, now - began)}`, done / total);
    },
    onWait: (failure) => line.note(waitingText(failure)),
    end: line.end,
  };
}

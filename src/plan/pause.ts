/** Pausing a node in an operator's words: both twins ask and tell it with these. */
import type { PauseDone } from '../dkron/write/pause.ts';

export const pauseQuestion = (paused: boolean, node: string, where: string): string =>
  `${paused ? 'Pause' : 'Unpause'} the node ${node} of ${where}?`;

/** What came of it; not well where another node did it than the one that was meant. */
export function toldPause(
  paused: boolean,
  asked: string | null,
  { outcome, node }: PauseDone,
): { readonly text: string; readonly ok: boolean } {
  const who = node ?? 'the node that answers';
  if (asked !== null && node !== null && node !== asked)
    return {
      text: `${node} answered in place of ${asked}, and it is ${node} that is ${paused ? 'paused' : 'unpaused'} now: several nodes answer at this address`,
      ok: false,
    };
  if (outcome === 'same')
    return { text: `${who} is ${paused ? 'paused already' : 'not paused'}`, ok: true };
  return {
    text: paused
      ? `${who} is paused: it refuses new and changed jobs until it is unpaused or restarts; what is scheduled runs`
      : `${who} is unpaused: it accepts new and changed jobs`,
    ok: true,
  };
}

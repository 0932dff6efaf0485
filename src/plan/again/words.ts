/** The list in words, for both doors. */

import { counted } from '../../base/counted.ts';
import { type Span, type Tone, toned } from '../../view/line.ts';
import type { AgainItem } from './plan.ts';
import type { AgainState, AgainWord } from './state.ts';

/** What is done with a job, in a word or two. */
export const howText = ({ how, after }: AgainItem): string =>
  how === 'with' ? `with ${after}` : how === 'held' ? 'left out' : 'run';

/** Why, as far as there is something to say. */
export function whyText({ how, after, why }: AgainItem): string {
  if (how === 'with') return `the success of ${after} starts it: it is not asked for besides`;
  if (how === 'ask' && after !== '')
    return `once ${after} ended well${why === '' ? '' : `; ${why}`}`;
  return why;
}

const tones: Readonly<Record<AgainWord, Tone>> = {
  waiting: 'quiet',
  started: 'attention',
  running: 'attention',
  succeeded: 'ok',
  failed: 'bad',
  refused: 'bad',
  unknown: 'attention',
  'not started': 'attention',
  left: 'attention',
  held: 'quiet',
};

const called: Partial<Record<AgainWord, string>> = {
  unknown: 'not known',
  left: 'left unstarted',
  held: 'left out',
};

export const stateSpan = (state: AgainWord): Span => toned(called[state] ?? state, tones[state]);

/** `3 succeeded, 1 failed`; what there is none of is left out. */
export function tallySpans(states: readonly AgainState[]): Span[] {
  const groups = Map.groupBy(states, ({ state }) => state);
  return words.flatMap((word) => {
    const count = groups.get(word)?.length ?? 0;
    return count === 0 ? [] : [toned(`${count} ${called[word] ?? word}`, tones[word])];
  });
}

const words = Object.keys(tones) as AgainWord[];

/** How many are asked for at a time unless told. */
export const usualAtOnce = 4;

export const forgottenText =
  'forgotten: what of it was started goes on, and the rest is not started';

/** What did not come to its end: how many go on by themselves, and how many were not started; null for none. */
export function leftText(states: readonly AgainState[]): string | null {
  const going = states.filter(({ state }) => state === 'started' || state === 'running');
  const left = states.filter(({ state }) => state === 'left' || state === 'waiting');
  const parts = [
    ...(going.length === 0 ? [] : [`${counted(going.length, 'run goes', 'runs go')} on`]),
    ...(left.length === 0 ? [] : [`${counted(left.length, 'job was', 'jobs were')} not started`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** Makes a console heard when a job changes for the worse or the better, by the rule of `watch`. */
import { counted } from '../../base/counted.ts';
import type { Target } from '../../config/target.ts';
import { newState, step } from '../../oversight/watch/step.ts';
import { eventWords } from '../../oversight/watch/words.ts';
import { labelOf } from '../state/choice.ts';
import type { Judged } from './oversight.ts';
import type { Terminal } from './terminal.ts';

/** Several at once are heard as one. `url`: without credentials. */
export function createNotifier(
  target: Pick<Target, 'notify' | 'label' | 'context'>,
  url: string,
  terminal: () => Pick<Terminal, 'notify'> | null,
): (judged: Judged) => void {
  const { notify } = target;
  if (notify === 'none') return () => {};
  const label = labelOf(target, url);
  let state: ReturnType<typeof newState> | null = null;
  return (judged) => {
    state ??= newState('console', judged.now);
    const next = step(state, { ...judged, unreadable: new Set(), why: () => '' });
    state = next.state;
    const [first] = next.found;
    if (first === undefined) return;
    const others = next.found.length - 1;
    const more = others === 0 ? '' : `, and ${counted(others, 'other change')}`;
    terminal()?.notify(notify, `${label}: ${first.job}: ${eventWords(first)}${more}`);
  };
}

/** An operation that was interrupted, here or in another program: finishing it, or leaving it as it is. */
import { begunText } from '../../plan/unfinished/words.ts';
import type { Action } from '../state/action.ts';
import { type State, still } from '../state/model.ts';
import { ask } from '../state/questions.ts';
import { openRest } from '../state/unfinished.ts';

const nothingLeft = ({ unfinished }: State): string | null =>
  unfinished.length > 0 ? null : 'nothing was interrupted: there is nothing to finish';

export const unfinishedActions: readonly Action[] = [
  {
    id: 'unfinished.resume',
    keys: ['F'],
    title: 'finish',
    help: 'Shows what is left of the operation on several jobs that was interrupted last; enter writes it, as one operation with what was written before.',
    scope: ['jobs', 'job', 'snapshots', 'journal'],
    command: 'resume',
    live: true,
    anyRow: true,
    available: nothingLeft,
    run: (state) => {
      const [newest] = state.unfinished;
      return newest === undefined ? still(state) : openRest(state, newest);
    },
  },
  {
    id: 'unfinished.discard',
    keys: [],
    title: 'do not finish',
    help: 'Forgets the operation that was interrupted last: what of it was written stays, and undo can take it back.',
    scope: ['jobs', 'job', 'snapshots', 'journal'],
    command: 'discard',
    live: true,
    available: nothingLeft,
    run: (state) => {
      const [newest] = state.unfinished;
      if (newest === undefined) return still(state);
      return ask(state, {
        question: `Not finish this: ${begunText(newest, state.now)}? What of it was written stays.`,
        verb: 'forget it',
        doing: 'forgetting it',
        effect: { type: 'discard', operation: newest.operation },
      });
    },
  },
];

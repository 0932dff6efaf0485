import type { FieldChange } from '../../job/compare.ts';
import { wholeChangeLines } from '../../view/diff.ts';
import { lineText } from '../../view/line.ts';
import { type State, type Step, still } from '../state/model.ts';
import { push } from '../state/stack.ts';

/** All that differs in a job, as a text; `why` stands for what cannot be told. */
export const openDifference = (
  state: State,
  {
    job,
    title = job,
    above = [],
    changes,
    why = '',
  }: {
    readonly job: string;
    readonly title?: string;
    /** Lines that stand first. */
    readonly above?: readonly string[];
    readonly changes: readonly FieldChange[];
    readonly why?: string;
  },
): Step =>
  still(
    push(state, {
      kind: 'text',
      what: 'difference',
      title,
      job,
      text: [...above, ...(why ? [why] : wholeChangeLines(changes).map(lineText))].join('\n'),
      truncated: false,
      wrap: false,
      top: 0,
      left: 0,
      search: '',
    }),
  );

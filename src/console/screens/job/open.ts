import { noCursor } from '../../state/cursor.ts';
import type { State, Step } from '../../state/model.ts';
import { push } from '../../state/stack.ts';

export function openJob(state: State, name: string): Step {
  return [
    push(state, { kind: 'job', job: name, cursor: noCursor, top: 0 }),
    [{ type: 'load-runs', name }],
  ];
}

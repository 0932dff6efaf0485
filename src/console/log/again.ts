/** Jobs that are run again, as the log has them: what they printed last is an output. */
import type { AgainState } from '../../plan/again/state.ts';
import type { AgainRun } from '../state/model.ts';
import type { Veil } from './veil.ts';

const againStateOf = (one: AgainState, veil: Veil): AgainState => ({
  ...one,
  text: veil.text(one.text),
});

export const againStatesOf = (
  { states }: { readonly states: readonly AgainState[] },
  veil: Veil,
) => ({ states: states.map((one) => againStateOf(one, veil)) });

export const againOf = ({ states, ...run }: AgainRun, veil: Veil): AgainRun => ({
  ...run,
  states: new Map([...states].map(([name, one]) => [name, againStateOf(one, veil)])),
});

/** Which cluster answers came to be known, or doubtful. */
import { askToTake } from '../actions/cluster.ts';
import { flash, type MessageOf, type State, type Step, still } from '../state/model.ts';
import { isQuestion } from '../state/questions.ts';

/**
 * That another answers is asked about at once, unless something is being typed; the line on top says it
 * all the same. When the right one answers again nothing is left to be asked.
 */
export function recognised(before: State, { cluster }: MessageOf<'recognised'>): Step {
  const state: State = { ...before, cluster };
  const was = before.cluster.kind;
  if (cluster.kind === 'known') {
    const again = was === 'another' || was === 'unsure';
    const open = withoutQuestion(state);
    return still(again ? flash(open, 'ok', `${cluster.name} answers again`) : open);
  }
  if (cluster.kind !== 'another' || was === 'another' || state.overlay !== null)
    return still(state);
  return askToTake(state);
}

const withoutQuestion = (state: State): State => {
  const { overlay } = state;
  const asks = isQuestion(overlay) && overlay.effect.type === 'settle-cluster';
  return asks ? { ...state, overlay: overlay.under, waiting: null } : state;
};

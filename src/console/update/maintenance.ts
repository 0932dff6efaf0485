/** What became known of the maintenance of the cluster, by this program or another. */
import { clean } from '../../terminal/cell.ts';
import { flash, type MessageOf, type State } from '../state/model.ts';

/** That one was interrupted is said once; from then on the line on top has it. */
export function maintenance(state: State, { seen }: MessageOf<'maintenance'>): State {
  const next = { ...state, maintenance: seen };
  if (seen === null || !seen.interrupted) return next;
  const way = seen.step === 'starting' ? 'started' : 'ended';
  const back = seen.step === 'starting' ? ', :maintenance-end takes it back' : '';
  const text = `the maintenance ${clean(seen.name)} has ${way} half way: M goes on${back}`;
  return flash(next, 'info', text);
}

/** What is said of what the operator waits for. */
import { counted } from '../../base/counted.ts';
import type { State } from './model.ts';

/** How much is done of what is under way, from 0 to 1; null for nothing, and where nobody knows. */
export function shareDone({ waiting, progress, screens }: State): number | null {
  if (waiting !== null && progress !== null) return progress.share;
  const plan = screens.findLast((screen) => screen.kind === 'plan' && screen.applying !== null);
  const applying = plan?.kind === 'plan' ? plan.applying : null;
  return applying === null || applying.total === 0 ? null : applying.done / applying.total;
}

/** While a snapshot is taken of all jobs, or of these, which are marked. */
export const takingText = (names?: readonly string[]): string =>
  names === undefined
    ? 'taking a snapshot'
    : `taking a snapshot of ${counted(names.length, 'marked job')}`;

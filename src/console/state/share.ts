import type { State } from './model.ts';

/** How much is done of what is under way, from 0 to 1; null for nothing, and where nobody knows. */
export function shareDone({ waiting, progress, screens }: State): number | null {
  if (waiting !== null && progress !== null) return progress.share;
  const plan = screens.findLast((screen) => screen.kind === 'plan' && screen.applying !== null);
  const applying = plan?.kind === 'plan' ? plan.applying : null;
  return applying === null || applying.total === 0 ? null : applying.done / applying.total;
}

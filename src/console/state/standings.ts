/** How all jobs stand, out of what runs and who is in trouble: the very same while neither is another. */
import { type Standings, standingsOf } from '../../job/status.ts';
import { memo } from '../../view/memo.ts';
import type { State } from './model.ts';

export const standingsIn = ({ busy, troubles }: Pick<State, 'busy' | 'troubles'>): Standings =>
  joined(busy, troubles);

const joined = memo(
  (busy: State['busy'], troubles: State['troubles']): Standings =>
    standingsOf(
      busy.keys(),
      [...troubles].map(([name, { state }]) => [name, state] as const),
    ),
);

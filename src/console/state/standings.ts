/** How all jobs stand, out of what runs, who is in trouble and who takes too long: the very same while neither is another. */
import { type Standings, standingsOf, withPaces } from '../../job/status.ts';
import { memo } from '../../view/memo.ts';
import type { State } from './model.ts';

export const standingsIn = ({
  busy,
  troubles,
  paces,
}: Pick<State, 'busy' | 'troubles' | 'paces'>): Standings => joined(busy, troubles, paces);

const joined = memo(
  (busy: State['busy'], troubles: State['troubles'], paces: State['paces']): Standings =>
    withPaces(
      standingsOf(
        busy.keys(),
        [...troubles].map(([name, { state }]) => [name, state] as const),
      ),
      paces,
    ),
);

import { expect, it } from 'vitest';
import { byForward } from '../../../src/console/effects/forwarded.ts';
import { update } from '../../../src/console/update/update.ts';
import type { ForwardState } from '../../../src/forward/supervisor.ts';
import { now, showing, told } from '../states.ts';

const up: ForwardState = { kind: 'up', text: 'up', origin: 'http://127.0.0.1:40001' };
const starting: ForwardState = { kind: 'starting', text: 'starting' };

/** A console that has read its jobs once, behind a forward that the test moves. */
function behind() {
  const did: string[] = [];
  let state = showing([{ name: 'a' }]);
  let tell: (state: ForwardState) => void = () => {};
  const poller = byForward(
    {
      state: () => up,
      subscribe: (told) => {
        tell = told;
        return () => {};
      },
      now: () => did.push('try now'),
      watched: (yes) => did.push(yes ? 'watched' : 'only kept warm'),
    },
    {
      busy: async () => null,
      refresh: () => did.push('read'),
      pace: () => did.push('paced'),
    },
    {
      state: () => state,
      dispatch: (message) => {
        [state] = update(state, message);
      },
    },
  );
  const lose = () => {
    state = told(state, { type: 'lost', trouble: 'unreachable', reason: 'x', now, retryAt: now });
  };
  return { did, poller, lose, tell: (to: ForwardState) => tell(to), state: () => state };
}

it('reads at once when a lost server has a way again, and not where a read is under way', () => {
  const { did, lose, tell, state } = behind();
  tell(starting);
  expect(state().forward).toEqual(starting);
  tell(up);
  expect(did).toEqual([]);
  tell(starting);
  lose();
  tell(up);
  expect(did).toEqual(['read']);
});

it('tries the forward, too, when a refresh is asked for', () => {
  const { did, poller } = behind();
  poller.refresh();
  expect(did).toEqual(['try now', 'read']);
});

it.each([
  [{ paused: false, focused: true }, 'watched'],
  [{ paused: false, focused: false }, 'only kept warm'],
  [{ paused: true, focused: true }, 'only kept warm'],
])('at the pace %o is %s', (pace, how) => {
  const { did, poller } = behind();
  poller.pace(pace);
  expect(did).toEqual([how, 'paced']);
});

it('says in full what the cluster refuses and what to do', () => {
  const { tell, state } = behind();
  tell({ kind: 'refused', text: 'jane may not', next: 'Ask for a role.' });
  expect(state().flash).toEqual({ level: 'error', text: 'jane may not · Ask for a role.' });
});

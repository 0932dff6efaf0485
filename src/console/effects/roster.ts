/** Which nodes come and go, and who leads: learnt from what each look reads anyway, and kept. */
import type { Clock } from '../../base/clock.ts';
import { noneFor } from '../../base/errors.ts';
import type { RosterFile } from '../../oversight/kept-roster.ts';
import { lookedAgain, noRoster, type Roster, rosterOf } from '../../oversight/roster.ts';
import type { Message } from '../state/model.ts';
import type { Looked } from './look.ts';
import type { Shown } from './reading.ts';

export interface RosterEffects {
  readonly saw: (looked: Looked, shown: Shown) => void;
  /** Once it is done what was seen is kept. */
  readonly stop: () => Promise<void>;
}

export interface RosterOptions {
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  /** What is kept of the cluster, once it is known. */
  readonly file: () => Promise<RosterFile>;
}

/** That all is as before is kept so seldom, ms: a change that nobody saw lies between two of these. */
const seldom = 60_000;

export function createRoster({ clock, dispatch, file }: RosterOptions): RosterEffects {
  let known = noRoster;
  /** Seen before it was known what was kept. */
  let early: { readonly roster: Roster; readonly at: number } | null = null;
  let isReady = false;
  let isStopped = false;
  let notBefore = 0;

  async function remember(): Promise<void> {
    known = await (await file()).read();
    isReady = true;
    if (isStopped) return;
    if (known.changes.length > 0) tell();
    if (early !== null) look(early.roster, early.at);
  }
  void remember();

  const tell = (): void => dispatch({ type: 'roster', changes: known.changes });

  function look(roster: Roster, at: number): void {
    const { changes } = known;
    known = lookedAgain(known, roster, at);
    if (known.changes !== changes) tell();
    if (known.changes !== changes || clock.now() >= notBefore) void keep();
  }

  /** A disk that refuses keeps nobody from seeing it. */
  async function keep(): Promise<void> {
    notBefore = clock.now() + seldom;
    const { last } = known;
    if (last !== null) await (await file()).keep(known, last.at).catch(noneFor);
  }

  return {
    saw({ members }, { leader, node, skew, at, liveAt }) {
      const roster = rosterOf(members, leader);
      if (node.behind || isStopped || roster === null) return;
      const seenAt = (liveAt ?? at) - skew;
      if (isReady) look(roster, seenAt);
      else early = { roster, at: seenAt };
    },
    async stop() {
      isStopped = true;
      if (isReady) await keep();
    },
  };
}

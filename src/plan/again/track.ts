/** What runs of the list, as `/v1/busy` tells it, while something of it is under way. */
import type { Pauses } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import { busyTold } from '../../dkron/busy.ts';
import type { Dkron } from '../../dkron/client.ts';
import { lastWords, runKey, unfinished } from '../../dkron/execution.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { type AgainState, stateOf } from './state.ts';

export interface Tracker {
  /** Looks for a run of the job that is none of these. */
  readonly watch: (name: string, before: ReadonlySet<string>) => void;
  readonly forget: (name: string) => void;
  readonly end: () => void;
}

export interface TrackOptions {
  readonly client: Dkron;
  readonly clock: Pauses;
  readonly onSeen: (state: AgainState) => void;
}

/** Each look has every server of the cluster asked, ms. */
const between = 1_000;

export function trackRuns({ client, clock, onSeen }: TrackOptions): Tracker {
  const watched = new Map<string, ReadonlySet<string>>();
  const told = new Map<string, string>();
  const ending = new AbortController();
  let looking = false;

  function tell(runs: readonly Execution[]): void {
    for (const run of runs) {
      const before = watched.get(run.job_name);
      if (before === undefined || before.has(run.id) || !unfinished(run)) continue;
      const key = runKey(run);
      const state = stateOf(run.job_name, 'running', lastWords(run.output), key);
      const text = `${key} ${state.text}`;
      if (told.get(run.job_name) === text) continue;
      told.set(run.job_name, text);
      onSeen(state);
    }
  }

  async function look(): Promise<void> {
    while (watched.size > 0 && !ending.signal.aborted) {
      await clock.sleep(between, ending.signal);
      const runs = await busyTold(client, ending.signal).catch(untold);
      if (!ending.signal.aborted) tell(runs ?? []);
    }
    looking = false;
  }

  return {
    watch: (name, before) => {
      watched.set(name, before);
      if (looking) return;
      looking = true;
      void look();
    },
    forget: (name) => {
      watched.delete(name);
      told.delete(name);
    },
    end: () => ending.abort(),
  };
}

/** Who asks for the runs learns why a server cannot be read. */
function untold(error: unknown): null {
  if (error instanceof OperatorError || (error as Error).name === 'AbortError') return null;
  throw error;
}

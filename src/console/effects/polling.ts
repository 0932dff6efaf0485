/** How the rest of a console has its server read. */
import type { Pace } from '../state/model.ts';
import type { BusyReader } from './busy.ts';

export interface Poller {
  /**
   * Reads now, or right after the read that is under way; one that hangs is given up for it, with
   * its connections: of a long list these jobs, where it is told which, else all of them. Does
   * nothing once the poller was stopped.
   */
  readonly refresh: (names?: readonly string[]) => void;
  /** How often it reads from now on; at once where that was due meanwhile. */
  readonly pace: (pace: Pace) => void;
  /** Asks what runs, beside its own looks; null when nobody tells. */
  readonly busy: BusyReader['ask'];
  readonly stop: () => void;
}

/** What the last lines of the screen say of what was asked for. */

import type { RestoreResult } from '../../plan/model.ts';

/** What became of some of so many jobs. */
export interface Came {
  readonly results: readonly RestoreResult[];
  readonly total: number;
}

/** How far something is: in words, and from 0 to 1 where that is known. */
export interface Progress {
  readonly text: string;
  readonly share: number | null;
}

export interface Flash {
  readonly level: 'ok' | 'error' | 'info';
  readonly text: string;
}

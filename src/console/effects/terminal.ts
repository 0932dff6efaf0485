/** What the terminal itself can do for the console. */
import type { NoticeName } from '../../config/looks.ts';
import type { Flash } from '../state/model.ts';

export interface Terminal {
  /** Says what was done, for nobody can know whether the terminal listened. */
  readonly copy: (text: string) => Flash;
  /** Makes itself heard, with these words where the terminal can show any. */
  readonly notify: (how: NoticeName, text: string) => void;
  /** Forgets the frame on the screen; the next one is drawn whole. */
  readonly redraw: () => void;
  /** Runs something else in the terminal, which is given back afterwards. */
  readonly handOver: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when the shell has brought the console back. */
  readonly suspend: () => Promise<void>;
  readonly quit: () => void;
}

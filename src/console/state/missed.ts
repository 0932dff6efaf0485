/** The screen of what should have run and did not. */
import type { Cursor } from './place.ts';

/** It shows what is known at any moment, and asks for nothing. */
export interface MissedScreen {
  readonly kind: 'missed';
  readonly filter: string;
  readonly cursor: Cursor;
}

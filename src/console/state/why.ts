/** Why a job fails: the screen, what it asks for, and what comes of it. */
import type { Why } from '../../why/why.ts';
import type { Cursor, Parts } from './place.ts';

export interface WhyScreen extends Parts {
  readonly kind: 'why';
  readonly job: string;
  /** Null while it is looked for, and where there is none. */
  readonly why: Why | null;
  /** Why there is nothing to tell; `failed`: it could not be looked for. */
  readonly none?: { readonly text: string; readonly failed: boolean } | undefined;
  readonly cursor: Cursor;
  /** First line shown of the pane; 0 unless told. */
  readonly top?: number;
}

export interface WhyMessage {
  readonly type: 'why';
  readonly job: string;
  readonly why: Why | null;
  readonly none?: WhyScreen['none'];
}

export interface WhyEffect {
  readonly type: 'ask-why';
  readonly job: string;
}

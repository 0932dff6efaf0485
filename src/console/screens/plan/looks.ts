/** How what becomes of a job looks: before it is written, and after. */
import type { RestoreKind, RestoreOutcome, RestoreResult } from '../../../plan/model.ts';
import type { Span, Tone } from '../../../view/line.ts';
import { toned } from '../../../view/line.ts';

const kindTone: Readonly<Record<RestoreKind, Tone>> = {
  new: 'ok',
  change: 'attention',
  same: 'quiet',
  delete: 'bad',
  blocked: 'bad',
  'only-here': 'quiet',
};

export const kindSpan = (kind: RestoreKind): Span => toned(kind.replace('-', ' '), kindTone[kind]);

const outcomes: Readonly<Record<RestoreOutcome, readonly [text: string, tone: Tone]>> = {
  written: ['✓ written', 'ok'],
  same: ['✓ same', 'ok'],
  skipped: ['– skipped', 'attention'],
  refused: ['✗ failed', 'bad'],
  changed: ['✗ failed', 'bad'],
  unknown: ['? not known', 'attention'],
};

export const resultSpan = ({ outcome }: RestoreResult): Span => toned(...outcomes[outcome]);

/** How what becomes of a job looks: before it is written, and after. */

import { kindTones } from '../../../plan/kinds.ts';
import type { RestoreKind, RestoreResult } from '../../../plan/model.ts';
import { type ResultKind, resultKind, kindTone as resultTone } from '../../../plan/tally.ts';
import type { Span } from '../../../view/line.ts';
import { toned } from '../../../view/line.ts';

export const kindSpan = (kind: RestoreKind): Span => toned(kind.replace('-', ' '), kindTones[kind]);

const glyphs: Readonly<Record<ResultKind, string>> = {
  written: '✓',
  same: '✓',
  skipped: '–',
  failed: '✗',
  'not known': '?',
};

export function resultSpan({ outcome }: RestoreResult): Span {
  const kind = resultKind(outcome);
  return toned(`${glyphs[kind]} ${kind}`, resultTone[kind]);
}

/** A change of the journal in words. */
import type { PastChange } from '../journal/lines.ts';
import { type Span, toned } from './line.ts';

/** What a change did to its job, in one word. */
export const whatWasDone = ({ action, before }: PastChange): string =>
  action === 'delete' ? 'deleted' : before === null ? 'created' : 'changed';

export function outcomeSpan({ result }: PastChange): Span {
  if (result === null) return toned('? may have happened', 'attention');
  if (result.outcome === 'written') return toned('✓ written', 'ok');
  return toned(result.outcome === 'unknown' ? '? unknown' : '✗ refused', 'bad');
}

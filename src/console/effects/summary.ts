/** What came of a change, for the one line that the screen has for it. */

import type { ChildFault } from '../../plan/children.ts';
import type { RestoreResult } from '../../plan/model.ts';
import { isDone, safetyText } from '../../plan/outcome.ts';
import { tally } from '../../plan/tally.ts';

export interface Summary {
  readonly text: string;
  readonly ok: boolean;
}

export interface SummaryOptions {
  /** What can be done next; null for nothing. */
  readonly hint?: string | null;
  readonly each?: boolean;
  /** The name of the snapshot that was taken before; null for none. */
  readonly safety?: string | null;
  /** What there is to say besides. */
  readonly notes?: readonly string[];
  /** Where parents do not list their children as they should. */
  readonly faults?: readonly ChildFault[];
}

/**
 * Of one job what became of it, of many how many came to what; `hint` where any was done: by
 * default that it can be taken back.
 * Where their rows do not say why, `each` says it here.
 */
export function summaryOf(
  results: readonly RestoreResult[],
  { notes = [], faults = [], ...options }: SummaryOptions = {},
): Summary {
  const { text, ok } = outcomeOf(results, options);
  const all = [text, ...faultTexts(faults), ...notes];
  return { text: all.join(' · '), ok: ok && faults.length === 0 };
}

/** So many faults stand on the line. */
const most = 2;

function faultTexts(faults: readonly ChildFault[]): string[] {
  const shown = faults.slice(0, most).flatMap(({ message, next }) => [message, next]);
  const more = faults.length - most;
  return more > 0 ? [...shown, `${more} more like this`] : shown;
}

function outcomeOf(
  results: readonly RestoreResult[],
  { hint = 'u undoes', each = true, safety = null }: Omit<SummaryOptions, 'notes' | 'faults'>,
): Summary {
  const failed = results.filter((result) => !isDone(result) || result.runFailed);
  const ok = failed.length === 0;
  const any = results.some(({ outcome }) => outcome === 'written');
  const after = any && hint !== null ? ` (${hint})` : '';
  const [only] = results;
  if (only && results.length === 1) return { text: `${only.name}: ${only.message}${after}`, ok };
  const kept = safety === null ? [] : [safetyText(safety)];
  const counts = [...tally(results).map(({ text }) => text), ...kept].join(', ') + after;
  if (ok) return { text: counts, ok };
  const why = each
    ? failed.map(({ name, message }) => `${name}: ${message}`)
    : ['their rows say why'];
  return { text: [counts, ...why].join(' · '), ok };
}

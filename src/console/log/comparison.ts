/** A comparison as the log has it. */
import type { JobDifference } from '../../snapshot/diff/compare.ts';
import type { TitledComparison } from '../../snapshot/diff/open.ts';
import type { Veil } from './veil.ts';

export const comparisonOf = (
  { differences, ...comparison }: TitledComparison,
  veil: Veil,
): TitledComparison => ({
  ...comparison,
  differences: differences.map((difference) => differenceOf(difference, veil)),
});

function differenceOf(
  { before, after, changes, why, ...difference }: JobDifference,
  veil: Veil,
): JobDifference {
  const executor = (after ?? before)?.executor ?? '';
  return {
    ...difference,
    before: before && veil.job(before),
    after: after && veil.job(after),
    changes: changes.map((change) => veil.change(executor, change)),
    why: veil.sentence(why),
  };
}

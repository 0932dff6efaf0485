/** A plan, and what came of it, as the log has them. */

import type { UnreadHere } from '../../dkron/live.ts';
import type { Finding } from '../../job/lint/finding.ts';
import type { CheckedItem, CheckedPlan, RestoreResult } from '../../plan/model.ts';
import type { Policy } from '../../plan/policy/policy.ts';
import type { Veil } from './veil.ts';

export const planOf = ({ families: _, ...plan }: CheckedPlan, veil: Veil): CheckedPlan => ({
  ...plan,
  ...(plan.policy && { policy: policyOf(plan.policy, veil) }),
  items: plan.items.map((item) => itemOf(item, veil)),
  ...(plan.unreadable && { unreadable: unreadableOf(plan.unreadable, veil) }),
});

const policyOf = (policy: Policy, veil: Veil): Policy => ({
  ...policy,
  replacements: policy.replacements.map(({ pattern, text }) => ({
    pattern: veil.text(pattern),
    text: veil.text(text),
  })),
});

export const unreadableOf = (all: readonly UnreadHere[], veil: Veil): UnreadHere[] =>
  all.map(({ name, why }) => ({ name, why: veil.sentence(why) }));

const itemOf = (item: CheckedItem, veil: Veil): CheckedItem => ({
  ...item,
  // First, so that the sentences are known to quote them.
  job: veil.job(item.job),
  seen: item.seen && veil.job(item.seen),
  ...(item.moved && {
    moved: { ...item.moved, base: item.moved.base && veil.job(item.moved.base) },
  }),
  changes: item.changes.map((change) => veil.change(item.job.executor, change)),
  why: veil.sentence(item.why),
  ...(item.left && { left: veil.sentence(item.left) }),
  findings: item.findings.map((finding) => findingOf(finding, veil)),
});

export const findingOf = ({ fix, ...finding }: Finding, veil: Veil): Finding => ({
  ...finding,
  text: veil.sentence(finding.text),
  ...(fix === undefined ? {} : { fix: veil.sentence(fix) }),
});

export const resultOf = ({ error: _, ...result }: RestoreResult, veil: Veil): RestoreResult => ({
  ...result,
  ...(result.now && { now: veil.job(result.now) }),
  message: veil.sentence(result.message),
});

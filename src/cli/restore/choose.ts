/** Which jobs of a plan are restored. */
import { NotFound } from '../../base/errors.ts';
import { isToDo, isWritable } from '../../plan/compare.ts';
import type { RestoreItem, RestorePlan } from '../../plan/model.ts';
import { withNeeded } from '../../plan/needs.ts';

/** What the policy leaves as the server has it. */
const isLeft = (plan: RestorePlan, item: RestoreItem | undefined): boolean =>
  item !== undefined && isToDo(item) && !isWritable(plan, item);

/** The names that are restored: those asked for with the parents they need, else all. `called`: where from. */
export function choose(plan: RestorePlan, called: string, names: readonly string[]): Set<string> {
  const { items } = plan;
  const there = new Map(
    items.filter(({ kind }) => kind !== 'only-here').map((item) => [item.name, item]),
  );
  const missing = names.find((name) => !there.has(name));
  if (missing !== undefined) {
    const unreadable = items.filter(({ places }) => places !== undefined).map(({ why }) => why);
    throw new NotFound(`there is no job ${missing} in ${called}`, {
      data: 'nothing was written',
      ...(unreadable.length > 0 && {
        next: `It may be one that cannot be read: ${unreadable.slice(0, 3).join(' · ')}`,
      }),
    });
  }
  const wanted = [...withNeeded(plan, names.length > 0 ? names : there.keys())];
  return new Set(wanted.filter((name) => !isLeft(plan, there.get(name))));
}

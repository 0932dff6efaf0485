/** Which jobs of a plan are restored. */
import { NotFound } from '../../base/errors.ts';
import type { RestorePlan } from '../../plan/model.ts';
import { withNeeded } from '../../plan/needs.ts';

/** The names that are restored: those asked for with the parents they need, else all. `called`: where from. */
export function choose(
  { items }: RestorePlan,
  called: string,
  names: readonly string[],
  newOnly: boolean,
): Set<string> {
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
  const wanted = [...withNeeded({ items }, names.length > 0 ? names : there.keys())];
  return new Set(wanted.filter((name) => !(newOnly && there.get(name)?.kind === 'change')));
}

import type { RestorePlan } from '../model.ts';

/** Those of the jobs that the operator is asked about one by one. */
export function asksAbout({ items, policy }: RestorePlan, names: readonly string[]): string[] {
  if (policy?.existing !== 'ask') return [];
  const chosen = new Set(names);
  return items
    .filter(({ name, kind }) => kind === 'change' && chosen.has(name))
    .map(({ name }) => name);
}

/** A policy in words, and what it came to in a plan. */
import { counted } from '../../base/counted.ts';
import { maskWords } from '../../job/mask.ts';
import type { RestoreItem, RestorePlan } from '../model.ts';
import type { Policy, Replaced, Replacement } from './policy.ts';

/** What a replacement came to in the chosen jobs of a plan. */
export interface ReplacementCount {
  readonly replacement: Replacement;
  /** Places written over, and the jobs that they are in. */
  readonly places: number;
  readonly jobs: number;
}

export function replacementCounts(
  { items, policy }: RestorePlan,
  chosen: ReadonlySet<string>,
): ReplacementCount[] {
  const all = items.filter(({ name }) => chosen.has(name));
  return (policy?.replacements ?? []).map((replacement, by) => {
    const each = all
      .map(({ replaced = [] }) => total(replaced.filter((one) => one.by === by)))
      .filter((places) => places > 0);
    return { replacement, places: each.reduce((sum, one) => sum + one, 0), jobs: each.length };
  });
}

const total = (replaced: readonly Replaced[]): number =>
  replaced.reduce((sum, { count }) => sum + count, 0);

/** What a plan is made by besides its source, a line each; none where nothing was asked for. */
export function policyTexts(plan: RestorePlan, chosen: ReadonlySet<string>): string[] {
  const { policy } = plan;
  if (policy === undefined) return [];
  const words = generalWords(policy);
  return [...(words.length === 0 ? [] : [words.join(' · ')]), ...replacementTexts(plan, chosen)];
}

function generalWords({ existing, disabled, keepEnabled, prefix }: Policy): string[] {
  return [
    ...(existing === 'skip' ? ['jobs that the server has are left as they are'] : []),
    ...(existing === 'ask' ? ['asks about each job that the server has otherwise'] : []),
    ...(disabled ? [keepEnabled ? 'new jobs are written disabled' : 'written disabled'] : []),
    ...(keepEnabled ? ['enabled or disabled as on the server'] : []),
    ...(prefix === '' ? [] : [`names begin with ${prefix}`]),
  ];
}

const replacementTexts = (plan: RestorePlan, chosen: ReadonlySet<string>): string[] =>
  replacementCounts(plan, chosen).map(
    ({ replacement, places, jobs }) =>
      `${replacementText(replacement)}: ${places === 0 ? 'found nowhere; is it written right?' : `${counted(places, 'place')} in ${counted(jobs)}`}`,
  );

const replacementText = ({ pattern, text }: Replacement): string =>
  `replace ${maskWords(pattern)} with ${maskWords(text)}`;

/** In how many places of a job something was replaced: `3 replaced`; "" for none. */
export function replacedCount({ replaced = [] }: RestoreItem): string {
  const count = total(replaced);
  return count === 0 ? '' : `${count} replaced`;
}

/** `executor_config.url, executor_config.body 2×`: where something was replaced in a job. */
export const replacedText = ({ replaced = [] }: RestoreItem): string =>
  [...Map.groupBy(replaced, ({ path }) => path)]
    .map(([path, group]) => [path, total(group)] as const)
    .map(([path, count]) => (count === 1 ? path : `${path} ${count}×`))
    .join(', ');

/** The policy in a few words, for a line that says more: `disabled · 2 replacements`. */
export function policyBrief({
  existing,
  disabled,
  keepEnabled,
  prefix,
  replacements,
}: Policy): string {
  const { length } = replacements;
  return [
    ...(existing === 'skip' ? ['existing skipped'] : []),
    ...(disabled ? [keepEnabled ? 'new disabled' : 'disabled'] : []),
    ...(keepEnabled ? ['enabled as there'] : []),
    ...(prefix === '' ? [] : [`as ${prefix}…`]),
    ...(length === 0 ? [] : [counted(length, 'replacement')]),
  ].join(' · ');
}

/** For programs, without credentials that are known by their form. */
export function policyJson(plan: RestorePlan, chosen: ReadonlySet<string>) {
  if (plan.policy === undefined) return undefined;
  const { replacements: _, ...general } = plan.policy;
  const replacements = replacementCounts(plan, chosen).map(
    ({ replacement: { pattern, text }, places, jobs }) => ({
      pattern: maskWords(pattern),
      text: maskWords(text),
      places,
      jobs,
    }),
  );
  return { ...general, replacements };
}

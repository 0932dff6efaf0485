/** What is to be kept of snapshots: restic's rules, by the names that its users know. */
import { UsageError } from '../../base/errors.ts';
import { type Duration, isZero, parseDuration } from './duration.ts';

export const countRules = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
export const withinRules = [
  'within',
  'within-hourly',
  'within-daily',
  'within-weekly',
  'within-monthly',
  'within-yearly',
] as const;
export const rules = [...countRules, ...withinRules];

export type CountRule = (typeof countRules)[number];
export type WithinRule = (typeof withinRules)[number];
export type Rule = CountRule | WithinRule;

/** A count of -1 has no limit; a rule that is not there keeps nothing. */
export type Policy = Readonly<
  Partial<Record<CountRule, number>> & Partial<Record<WithinRule, Duration>>
>;

/** The rules as somebody wrote them, each in words. */
export type Words = Readonly<Partial<Record<Rule, string | number>>>;

/** What a rule takes, for help and errors. */
export const takes = (rule: Rule): string =>
  isCount(rule) ? 'a number, or unlimited' : 'a duration such as 1y5m7d2h';

/** `called` says where a rule stands: `--keep-daily`. Throws UsageError for words that mean nothing. */
export function policyOf(words: Words, called: (rule: Rule) => string): Policy {
  const given = rules.filter((rule) => words[rule] !== undefined);
  return Object.fromEntries(
    given.map((rule) => {
      const value = readRule(rule, String(words[rule]));
      if (value !== null) return [rule, value];
      throw new UsageError(`${called(rule)} takes ${takes(rule)}, not ${words[rule]}`, {
        data: 'Nothing was removed.',
      });
    }),
  );
}

/** Null for what the rule does not take. */
export function readRule(rule: Rule, text: string): number | Duration | null {
  if (!isCount(rule)) return parseDuration(text);
  if (text === 'unlimited' || text === '-1') return -1;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

const isCount = (rule: Rule): rule is CountRule => countRules.includes(rule as CountRule);

/** Whether it keeps nothing at all. */
export const isEmpty = (policy: Policy): boolean =>
  Object.values(policy).every((value) =>
    typeof value === 'number' ? value === 0 : value === undefined || isZero(value),
  );

/** `keep-daily 7, keep-within 2y` */
export const policyText = (words: Words): string =>
  rules
    .flatMap((rule) => (words[rule] === undefined ? [] : [`keep-${rule} ${words[rule]}`]))
    .join(', ');

/** Which jobs of a plan are written: marks, with all that they need. */
import { andMore } from '../../../base/counted.ts';
import { isWritable } from '../../../plan/compare.ts';
import type { CheckedItem } from '../../../plan/model.ts';
import { withNeeded, withoutNeeding } from '../../../plan/needs.ts';
import { isDone } from '../../../plan/outcome.ts';
import type { Action } from '../../state/action.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { withTop } from '../../state/stack.ts';
import { fold } from './fold.ts';
import { leftText } from './policy.ts';
import { type Compared, isCompared, itemHere, onFold, onPlan } from './shown.ts';

/** What is left to do: what failed can be marked again, what is done cannot. */
const isOpen = ({ plan, results }: Compared, item: CheckedItem): boolean => {
  const result = results.get(item.name);
  return isWritable(plan, item) && !(result && isDone(result));
};

/** Many are never marked with what others changed since: that is marked by itself. */
const openOf = (screen: Compared, items: Iterable<CheckedItem | null>): string[] =>
  [...items].flatMap((item) =>
    item !== null && item.left === undefined && isOpen(screen, item) ? [item.name] : [],
  );

/** Those of the rows that show. */
const openShown = (screen: Compared): string[] => openOf(screen, planKeys(screen).rows);

/** Marks them and all that they need; when all of them are, unmarks them and what needs them. */
function toggle(state: State, screen: Compared, names: readonly string[]): Step {
  if (names.length === 0) return still(flash(state, 'info', 'there is nothing to mark here'));
  return names.every((name) => screen.marks.has(name))
    ? marked(state, screen, withoutNeeding(screen.plan, screen.marks, names), names)
    : marked(state, screen, new Set([...screen.marks, ...names]), names);
}

/** The screen with these marks; what is marked or unmarked besides what was asked for is said. */
function marked(
  state: State,
  screen: Compared,
  wanted: ReadonlySet<string>,
  asked: readonly string[],
): Step {
  const { plan, results } = screen;
  const isLeft = (name: string): boolean => {
    const result = results.get(name);
    return name === plan.first || result === undefined || !isDone(result);
  };
  const marks = new Set([...withNeeded(plan, wanted)].filter(isLeft));
  const more = [...marks].filter((name) => !wanted.has(name));
  const known = new Set(asked);
  const fewer = [...screen.marks].filter((name) => !marks.has(name) && !known.has(name));
  const next = withTop(state, { ...screen, marks });
  if (more.length > 0)
    return still(flash(next, 'info', `also marked: ${andMore(more, 3)}, which must be done first`));
  if (fewer.length > 0)
    return still(flash(next, 'info', `also unmarked: ${andMore(fewer, 3)}, which need it`));
  return still(next);
}

/** Marks the job under the cursor, or says why the plan cannot write it. */
function markJob(state: State, screen: Compared): Step {
  if (onFold(state)) return fold(state, screen);
  const item = itemHere(screen);
  if (item === undefined) return still(state);
  if (isOpen(screen, item)) return toggle(state, screen, [item.name]);
  const why =
    screen.results.get(item.name)?.message ?? leftText(screen, item) ?? (item.why || item.kind);
  return still(flash(state, 'info', `${item.name}: ${why}; nothing to write`));
}

const markShown = (state: State, screen: Compared): Step =>
  toggle(state, screen, openShown(screen));

/** What is not marked instead of what is, among the rows that show. */
function invert(state: State, screen: Compared): Step {
  const shown = openShown(screen);
  const marks = withoutNeeding(
    screen.plan,
    screen.marks,
    shown.filter((name) => screen.marks.has(name)),
  );
  const others = shown.filter((name) => !screen.marks.has(name));
  return marked(state, screen, new Set([...marks, ...others]), shown);
}

/** The job under the cursor and all below it. */
function markFamily(state: State, screen: Compared): Step {
  const root = itemHere(screen);
  if (root === undefined) return still(state);
  const childrenOf = Map.groupBy(screen.plan.items, ({ job }) => job.parent_job);
  const family = new Set([root]);
  // A set is walked through together with what is added on the way.
  for (const { name } of family) for (const child of childrenOf.get(name) ?? []) family.add(child);
  return toggle(state, screen, openOf(screen, family));
}

const scope = ['plan'] as const;

export const markActions: readonly Action[] = [
  {
    id: 'plan.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the job to be written, or to be deleted where the plan says so, with all that it needs.',
    scope,
    footer: 2,
    run: onPlan(markJob),
  },
  {
    id: 'plan.mark-all',
    keys: ['a', '*', 'ctrl-a'],
    title: 'mark all shown',
    help: 'Marks every job that is shown and left to do, or unmarks them all.',
    scope,
    command: 'mark',
    footer: 3,
    available: isCompared,
    run: onPlan(markShown),
  },
  {
    id: 'plan.mark-family',
    keys: ['f'],
    title: 'mark the family',
    help: 'Marks the job under the cursor and all below it, or unmarks them.',
    scope,
    available: isCompared,
    run: onPlan(markFamily),
  },
  {
    id: 'plan.invert',
    keys: ['i'],
    title: 'invert the marks',
    help: 'Marks what is not marked instead of what is, among the jobs that are shown.',
    scope,
    available: isCompared,
    run: onPlan(invert),
  },
];

/** What is done with what the server has already, and how the jobs are written: the same plan once more under another policy. */
import { isWritable, writable } from '../../../plan/compare.ts';
import { policyOptions, readWords } from '../../../plan/policy/options.ts';
import { askedFor, type Policy, plainPolicy } from '../../../plan/policy/policy.ts';
import { policyTexts } from '../../../plan/policy/words.ts';
import { type Action, all } from '../../state/action.ts';
import { type Effect, flash, type State, type Step, still } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import { type Compared, isCompared, onPlan, shownPlan } from './shown.ts';

/** Why the plan cannot be made anew now; null when it can. */
function isFixed(state: State): string | null {
  const screen = shownPlan(state);
  if (screen?.source === undefined) return 'this plan is of a change made here';
  if (screen.applying !== null) return 'already writing';
  return isPending(screen) ? 'the comparison is not finished' : null;
}

/** Whether another policy was asked for than that of the plan that is shown. */
export const isPending = ({ source, plan }: Compared): boolean => source?.policy !== plan.policy;

/** Makes the plan anew; marks and cursor stay. */
function replanned(state: State, screen: Compared, wanted: Policy): Step {
  const policy = askedFor(wanted);
  const source = { ...screen.source!, policy };
  const next = withTop(state, { ...screen, source });
  const effect: Effect =
    'file' in source ? { type: 'plan-restore', ...source } : { type: 'plan-from', ...source };
  return [flash(next, 'info', 'comparing once more…'), [effect]];
}

/** Leaves what the server has, or writes over it again: nothing has to be compared for that. */
function turnExisting(state: State, screen: Compared): Step {
  const before = screen.plan.policy ?? plainPolicy;
  const skips = before.existing !== 'skip';
  const wanted: Policy = { ...before, existing: skips ? 'skip' : 'overwrite' };
  const policy = askedFor(wanted);
  const plan = { ...screen.plan, policy };
  const can = new Set(writable(plan));
  const marks = new Set([...screen.marks, ...(screen.setAside ?? [])]);
  const next = withTop(state, {
    ...screen,
    plan,
    source: { ...screen.source!, policy },
    marks: new Set([...marks].filter((name) => can.has(name))),
    setAside: new Set([...marks].filter((name) => !can.has(name))),
  });
  const text = skips ? 'are left as they are' : 'can be written over';
  return still(flash(next, 'info', `jobs that the server has otherwise ${text}`));
}

/** As in the source, all disabled, as on the server, only the new ones disabled: what comes next. */
function turnEnabled(state: State, screen: Compared): Step {
  const before = screen.plan.policy ?? plainPolicy;
  const { disabled, keepEnabled } = before;
  return replanned(state, screen, {
    ...before,
    disabled: disabled === keepEnabled ? !disabled : keepEnabled,
    keepEnabled: disabled ? !keepEnabled : keepEnabled,
  });
}

function askPolicy(state: State, screen: Compared, words: string): Step {
  const read = readWords(words);
  if ('problem' in read) return still(flash(state, 'error', read.problem));
  if (read.subject !== '')
    return still(
      flash(state, 'error', `:policy takes options, as --disabled, and not ${read.subject}`),
    );
  if (words === '') return still(flash(state, 'info', policyText(screen)));
  return replanned(state, screen, read.policy);
}

/** Under which policy the plan stands, and what came of it. */
export const policyText = ({ plan }: Pick<Compared, 'plan'>): string =>
  policyTexts(plan, new Set(plan.items.map(({ name }) => name))).join(' · ') ||
  'all jobs as they are where they come from, over what the server has';

/** Why the policy leaves a job that there would be something to do with. */
export const leftText = (
  screen: Compared,
  item: Compared['plan']['items'][number],
): string | null =>
  item.kind === 'change' && !isWritable(screen.plan, item)
    ? 'the server has it, and jobs that it has are left as they are (e)'
    : null;

const scope = ['plan'] as const;
const available = all(isCompared, isFixed);

export const policyActions: readonly Action[] = [
  {
    id: 'plan.existing',
    keys: ['e'],
    title: 'existing: skip or overwrite',
    help: 'Leaves the jobs that the server has otherwise as they are, or lets them be written over again.',
    scope,
    footer: 5,
    available,
    run: onPlan(turnExisting),
  },
  {
    id: 'plan.enabled',
    keys: ['s'],
    title: 'enabled or disabled',
    help: 'Makes the plan anew with all jobs disabled, with those that the server has as they are there, with only the new ones disabled, or with all as in their source.',
    scope,
    footer: 6,
    available,
    run: onPlan(turnEnabled),
  },
  {
    id: 'plan.policy',
    keys: [],
    title: 'policy',
    help: "Makes the plan anew under the options of the command: `:policy --disabled --replace 'staging=prod'`; without any it says under which it stands.",
    scope,
    command: 'policy',
    complete: () => policyOptions.map(({ name, value }) => `--${name}${value ? ' ' : ''}`),
    available,
    run: (state, words) => {
      const screen = shownPlan(state);
      return screen === null ? still(state) : askPolicy(state, screen, words);
    },
  },
];

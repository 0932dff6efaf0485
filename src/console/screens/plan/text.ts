/** Plans that are kept as texts, opened again, and of single jobs made anew. */

import { isToDo } from '../../../plan/compare.ts';
import { planOver } from '../../../plan/renew.ts';
import { madeOf } from '../../../plan/versions.ts';
import { clean } from '../../../terminal/cell.ts';
import { type Action, all } from '../../state/action.ts';
import { checkedPlan, liveOf, pushPlan } from '../../state/changes.ts';
import { flash, type State, type Step, still } from '../../state/model.ts';
import { withTop } from '../../state/stack.ts';
import { type Compared, isCompared, itemHere, onPlan, shownPlan } from './shown.ts';

/** The plan of the screen, as a text; what is marked is what it will do. */
function keep(state: State, file: string): Step {
  const screen = shownPlan(state);
  if (screen === null) return still(state);
  if (file === '') return still(flash(state, 'error', 'name a new file: :plan-out PLAN'));
  const { plan, marks, title: source, secrets = false } = screen;
  const names = plan.items.filter(({ name }) => marks.has(name)).map(({ name }) => name);
  return [state, [{ type: 'keep-plan', file, source, plan, names, secrets }]];
}

function open(state: State, file: string): Step {
  if (file === '') return still(flash(state, 'error', 'name a plan: :apply-plan PLAN'));
  const opened = pushPlan(state, { id: file, title: `Plan  ${clean(file)}`, plan: null });
  return [opened, [{ type: 'open-plan', file }]];
}

/** Plans the job under the cursor over what the server has now, and marks it. */
function anew(state: State, screen: Compared): Step {
  const item = itemHere(screen);
  const now = item && madeOf(item, screen.results.get(item.name));
  if (item === undefined || now === undefined) return still(state);
  const { name, kind, seen } = item;
  const live = liveOf(state);
  const others = live.jobs.filter((job) => job.name !== name);
  const jobs = now === null ? others : [...others, now];
  const moved = { ...item, moved: item.moved ?? { kind, base: seen } };
  const fresh = checkedPlan(state, planOver(screen.plan, [moved], { ...live, jobs }), {
    ...live,
    jobs,
  });
  const [planned] = fresh.items;
  if (planned === undefined) return still(state);
  const items = screen.plan.items.map((one) => (one === item ? planned : one));
  const results = new Map(screen.results);
  results.delete(name);
  const marks = new Set(screen.marks);
  if (isToDo(planned)) marks.add(name);
  const next = withTop(state, { ...screen, plan: { ...screen.plan, items }, results, marks });
  return still(flash(next, 'info', `${name}: planned anew over what the server has now`));
}

/** What would be kept of it as a text is the jobs, and not that they come back. */
const isNoMaintenance = (state: State): string | null =>
  shownPlan(state)?.plan.maintenance === undefined
    ? null
    : 'a maintenance is kept by itself, once it is begun';

const isMoved = (state: State): string | null => {
  const screen = shownPlan(state);
  const item = screen === null ? undefined : itemHere(screen);
  if (screen === null || item === undefined) return 'no job under the cursor';
  const now = madeOf(item, screen.results.get(item.name));
  return now === undefined ? 'nobody changed it since it was planned' : null;
};

export const textActions: readonly Action[] = [
  {
    id: 'plan.keep',
    keys: [],
    title: 'keep as a text',
    help: 'Keeps the plan as a text to read, edit and review: `:plan-out FILE`. What is marked is what it will do.',
    scope: ['plan'],
    command: 'plan-out',
    complete: () => [],
    available: all(isCompared, isNoMaintenance),
    live: true,
    run: keep,
  },
  {
    id: 'plan.anew',
    keys: ['n'],
    title: 'plan anew',
    help: 'Plans the job, which somebody changed since, over what the server has now, and marks it.',
    scope: ['plan'],
    available: all(isNoMaintenance, isMoved),
    live: true,
    run: onPlan(anew),
  },
  {
    id: 'plan.open',
    keys: [],
    title: 'open a kept plan',
    help: 'Opens a plan that was kept as a text: `:apply-plan FILE`. Each job is compared with the server anew.',
    scope: ['jobs', 'snapshots', 'plan'],
    command: 'apply-plan',
    complete: () => [],
    live: true,
    run: open,
  },
];

/** What comes of a plan: it was compared with the server, and then it is written job by job. */
import { counted } from '../../../base/counted.ts';
import { isToDo, isWritable } from '../../../plan/compare.ts';
import { withNeeded } from '../../../plan/needs.ts';
import { isDone } from '../../../plan/outcome.ts';
import { keepCursor } from '../../state/cursor.ts';
import { withDraft } from '../../state/drafts.ts';
import {
  type Cursor,
  type Effect,
  flash,
  type MessageOf,
  type PlanScreen,
  type State,
  type Step,
} from '../../state/model.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { onNearest, withScreens } from '../../state/stack.ts';
import { reshown } from './order.ts';
import { policyText } from './policy.ts';

const noResults = { results: new Map(), ended: new Map() };

/** A plan that is made anew keeps its marks and its cursor, as far as they have something to stand on. */
export function planCompared(state: State, { id, plan, marks }: MessageOf<'plan'>): State {
  let left = 0;
  const next = onNearest(state, 'plan', (screen) => {
    if (screen.id !== id) return screen;
    const can = new Set(
      plan.items.filter((item) => isWritable(plan, item)).map(({ name }) => name),
    );
    const asked = marks ?? [...screen.marks];
    const wanted = asked.filter((name) => can.has(name));
    left = asked.length - wanted.length;
    const planned = { ...screen, plan, marks: withNeeded(plan, wanted), ...noResults };
    return { ...planned, cursor: cursorOf(screen, planned) };
  });
  if (left === 0)
    return plan.policy === undefined ? next : flash(next, 'info', policyText({ plan }));
  const text = `${counted(left)} that you chose cannot be marked: the same there, or blocked`;
  return flash(next, 'info', text);
}

/** A plan is read from what would change on; one that was read already from where one was. */
function cursorOf(before: PlanScreen, planned: PlanScreen): Cursor {
  const shown = planKeys(planned);
  if (before.cursor.key !== null) return keepCursor(before.cursor, planKeys(before), shown).cursor;
  const first = shown.rows.find((item) => item !== null && isToDo(item));
  return { key: first?.name ?? shown.keys.at(0) ?? null, row: 0 };
}

/** There is nothing to show; a plan that could not be made anew stays as it was. */
export function withoutPlan(state: State, id: string): State {
  const kept = onNearest(state, 'plan', (screen) => {
    const { source, plan } = screen;
    if (screen.id !== id || source === undefined || plan === null) return screen;
    return { ...screen, source: { ...source, policy: plan.policy } };
  });
  return withScreens(
    kept,
    kept.screens.filter(
      (screen) => screen.kind !== 'plan' || screen.id !== id || screen.plan !== null,
    ),
  );
}

export function progress(state: State, { results, total }: MessageOf<'progress'>): State {
  const next = onNearest(state, 'plan', (screen) => ({
    ...screen,
    results: new Map([
      ...screen.results,
      ...results.map((result) => [result.name, result] as const),
    ]),
    applying: { done: (screen.applying?.done ?? 0) + results.length, total },
  }));
  const draft = next.screens.findLast((screen) => screen.kind === 'plan')?.draft ?? null;
  return draft !== null && results.some(isDone) ? withDraft(next, draft, null) : next;
}

/** A history from which a job was restored has one more change. */
const historiesBelow = ({ screens }: State): Effect[] =>
  screens.flatMap((screen) =>
    screen.kind === 'history' ? [{ type: 'read-history', name: screen.job } as const] : [],
  );

export function applied(state: State, { text, ok }: MessageOf<'applied'>): Step {
  const next = onNearest(state, 'plan', (screen) =>
    reshown(screen, {
      ...screen,
      applying: null,
      marks: new Set<string>(),
      ended: screen.results,
    }),
  );
  const told = flash({ ...next, waiting: null, progress: null }, ok ? 'ok' : 'error', text);
  return [told, [{ type: 'refresh' }, ...historiesBelow(next)]];
}

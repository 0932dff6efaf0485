/** What comes of a plan: it was compared with the server, and then it is written job by job. */
import { counted } from '../../../base/counted.ts';
import { writable } from '../../../plan/compare.ts';
import type { CheckedPlan } from '../../../plan/model.ts';
import { withNeeded } from '../../../plan/needs.ts';
import { withDraft } from '../../state/drafts.ts';
import {
  type Cursor,
  type Effect,
  flash,
  type MessageOf,
  type State,
  type Step,
} from '../../state/model.ts';
import { planKeys } from '../../state/plan-rows.ts';
import { onNearest, withScreens } from '../../state/stack.ts';

export function planCompared(state: State, { id, plan }: MessageOf<'plan'>): State {
  let left = 0;
  const next = onNearest(state, 'plan', (screen) => {
    if (screen.id !== id) return screen;
    const can = new Set(writable(plan));
    const wanted = [...screen.marks].filter((name) => can.has(name));
    left = screen.marks.size - wanted.length;
    return { ...screen, plan, cursor: firstOf(plan), marks: withNeeded(plan, wanted) };
  });
  if (left === 0) return next;
  const text = `${counted(left)} that you chose cannot be marked: the same there, or blocked`;
  return flash(next, 'info', text);
}

/** A plan is read from what would change on. */
function firstOf(plan: CheckedPlan): Cursor {
  const { keys, rows } = planKeys(plan, '', false);
  const first = rows.find((item) => item?.kind === 'change' || item?.kind === 'new');
  return { key: first?.name ?? keys[0] ?? null, row: 0 };
}

export function withoutPlan(state: State, id: string): State {
  return withScreens(
    state,
    state.screens.filter((screen) => screen.kind !== 'plan' || screen.id !== id),
  );
}

export function progress(state: State, { result, total }: MessageOf<'progress'>): State {
  const next = onNearest(state, 'plan', (screen) => ({
    ...screen,
    results: new Map(screen.results).set(result.name, result),
    applying: { done: (screen.applying?.done ?? 0) + 1, total },
  }));
  const draft = next.screens.findLast((screen) => screen.kind === 'plan')?.draft ?? null;
  const saved = result.outcome === 'written' || result.outcome === 'same';
  return draft !== null && saved ? withDraft(next, draft, null) : next;
}

/** A history from which a job was restored has one more change. */
const historiesBelow = ({ screens }: State): Effect[] =>
  screens.flatMap((screen) =>
    screen.kind === 'history' ? [{ type: 'read-history', name: screen.job } as const] : [],
  );

export function applied(state: State, { text, ok }: MessageOf<'applied'>): Step {
  const next = onNearest(state, 'plan', (screen) => ({
    ...screen,
    applying: null,
    marks: new Set<string>(),
  }));
  const told = flash({ ...next, waiting: null }, ok ? 'ok' : 'error', text);
  return [told, [{ type: 'refresh' }, ...historiesBelow(next)]];
}

/** The rows of the list: what is done with each job, or what became of it. */
import { type AgainItem, planAgain } from '../../../plan/again/plan.ts';
import type { AgainState } from '../../../plan/again/state.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { AgainRun, AgainScreen, State } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';

export interface AgainRow {
  readonly name: string;
  /** Null for what is not marked. */
  readonly item: AgainItem | null;
  /** Null before anything is asked for. */
  readonly state: AgainState | null;
}

export interface AgainRows extends Rows {
  readonly rows: readonly AgainRow[];
}

const minute = 60_000;

/** What the marked jobs of a list come to, as the server is now. */
export const itemsOf = (
  { jobs, busy, nodes, now }: State,
  { names, marks }: AgainScreen,
): readonly AgainItem[] =>
  planned(jobs.byName, busy, nodes, names, marks, Math.floor(now / minute));

const planned = memo(
  (
    jobs: State['jobs']['byName'],
    busy: State['busy'],
    nodes: State['nodes'],
    names: readonly string[],
    marks: ReadonlySet<string>,
    at: number,
  ): readonly AgainItem[] =>
    planAgain(
      names.flatMap((name) => (marks.has(name) ? (jobs.get(name)?.job ?? []) : [])),
      { jobs, busy: new Set(busy.keys()), nodes, now: at * minute },
    ),
);

export const againRows = (state: State, screen: AgainScreen): AgainRows =>
  state.again === null
    ? rowsBefore(screen.names, itemsOf(state, screen))
    : rowsOf(state.again.items, state.again.states);

const rowsBefore = memo((names: readonly string[], items: readonly AgainItem[]): AgainRows => {
  const byName = new Map(items.map((item) => [item.name, item]));
  const rows = names.map((name) => ({ name, item: byName.get(name) ?? null, state: null }));
  return { ...keysOf(names), rows };
});

const rowsOf = memo((items: AgainRun['items'], states: AgainRun['states']): AgainRows => {
  const rows = items.map((item) => ({
    name: item.name,
    item,
    state: states.get(item.name) ?? null,
  }));
  return { ...keysOf(items.map(({ name }) => name)), rows };
});

export const againHere = (state: State): AgainScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'again' ? screen : null;
};

/** What is under the cursor. */
export function rowHere(state: State): AgainRow | undefined {
  const screen = againHere(state);
  if (screen === null) return undefined;
  const { rows, index } = againRows(state, screen);
  return rows[index.get(screen.cursor.key ?? '') ?? 0];
}

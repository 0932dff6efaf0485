/** A plan of changes: which of them are written, and writing them. */
import { counted } from '../../../base/counted.ts';
import { writable } from '../../../plan/compare.ts';
import type { RestoreKind } from '../../../plan/model.ts';
import { withNeeded } from '../../../plan/needs.ts';
import type { Action } from '../../state/action.ts';
import {
  type Effect,
  flash,
  type PlanScreen,
  type State,
  type Step,
  still,
} from '../../state/model.ts';
import { foldKey, planKeys } from '../../state/plan-rows.ts';
import { ask } from '../../state/questions.ts';
import { topScreen, withTop } from '../../state/stack.ts';

function onPlan(state: State, then: (screen: PlanScreen) => Step): Step {
  const screen = topScreen(state);
  return screen.kind === 'plan' ? then(screen) : still(state);
}

/** Opens or closes what is the same; closed from within, the cursor goes to the line that is left. */
function fold(state: State): Step {
  return onPlan(state, (screen) => {
    const open = screen.open !== true;
    const rows = planKeys(screen.plan, screen.filter, open);
    const { key } = screen.cursor;
    const stays = key !== null && rows.index.has(key);
    const cursor = stays ? screen.cursor : { key: foldKey, row: screen.cursor.row };
    return still(withTop(state, { ...screen, open, cursor }));
  });
}

const onFold = (state: State): boolean => {
  const screen = topScreen(state);
  return screen.kind === 'plan' && screen.cursor.key === foldKey;
};

/** Marks the job under the cursor, or says why the plan cannot write it. */
function markJob(state: State): Step {
  if (onFold(state)) return fold(state);
  return onPlan(state, (screen) => {
    const item = screen.plan?.items.find(({ name }) => name === screen.cursor.key);
    if (!item) return still(state);
    if (item.kind !== 'new' && item.kind !== 'change' && item.kind !== 'delete')
      return still(
        flash(state, 'info', `${item.name}: ${item.why || item.kind}; nothing to write`),
      );
    const marks = new Set(screen.marks);
    if (marks.delete(item.name) || screen.plan === null)
      return still(withTop(state, { ...screen, marks, results: new Map() }));
    const more = withNeeded(screen.plan, [...marks, item.name]);
    const parents = [...more].filter((name) => name !== item.name && !marks.has(name));
    const note = `also marked: its new parent ${parents.join(', ')}, which Dkron needs first`;
    const marked = withTop(state, { ...screen, marks: more, results: new Map() });
    return still(parents.length === 0 ? marked : flash(marked, 'info', note));
  });
}

function markAll(state: State): Step {
  return onPlan(state, (screen) => {
    if (screen.plan === null) return still(state);
    const shown = planKeys(screen.plan, screen.filter, screen.open).index;
    const names = writable(screen.plan).filter((name) => shown.has(name));
    const marks = names.every((name) => screen.marks.has(name))
      ? new Set([...screen.marks].filter((name) => !shown.has(name)))
      : withNeeded(screen.plan, [...screen.marks, ...names]);
    return still(withTop(state, { ...screen, marks, results: new Map() }));
  });
}

function apply(state: State): Step {
  if (onFold(state)) return fold(state);
  return onPlan(state, (screen) => {
    const { plan } = screen;
    if (plan === null) return still(state);
    const marked = plan.items.filter(({ name }) => screen.marks.has(name));
    const effect: Effect = { type: 'apply-plan', plan, names: marked.map(({ name }) => name) };
    const count = (wanted: RestoreKind): number =>
      marked.filter(({ kind }) => kind === wanted).length;
    const [changed, deleted] = [count('change'), count('delete')];
    const written = marked.length - deleted;
    const doing = deleted === 0 ? '' : ` and deleting ${deleted}`;
    return ask(state, {
      question: questionOf(state.setting.label, written, changed, deleted),
      verb: 'write',
      doing: `writing ${written}${doing}`,
      effect,
    });
  });
}

/** `written` counts new and changed jobs, `changed` only those that the server has. */
function questionOf(whom: string, written: number, changed: number, deleted: number): string {
  if (written === 0) return `Delete ${counted(deleted)} on ${whom}, with all runs?`;
  const over = changed === 0 ? '' : `, replacing ${counted(changed, 'definition')} there`;
  const also = deleted === 0 ? '' : `, and delete ${counted(deleted)} with all runs`;
  return `Write ${counted(written)} to ${whom}${over}${also}?`;
}

export const planActions: readonly Action[] = [
  {
    id: 'plan.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the job to be written.',
    scope: ['plan'],
    footer: 2,
    run: markJob,
  },
  {
    id: 'plan.mark-all',
    keys: ['a'],
    title: 'all new and changed',
    help: 'Marks every job shown that is new or changed, or unmarks them all.',
    scope: ['plan'],
    footer: 3,
    run: markAll,
  },
  {
    id: 'plan.fold',
    keys: ['o'],
    title: 'show unchanged',
    help: 'Shows the unchanged jobs one by one, or as one line again.',
    scope: ['plan'],
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'plan' || screen.plan === null) return 'the comparison is not finished';
      return planKeys(screen.plan, screen.filter, screen.open).same === 0
        ? 'there are no unchanged jobs'
        : null;
    },
    run: fold,
  },
  {
    id: 'plan.apply',
    keys: ['enter'],
    title: 'apply',
    help: 'Writes the marked jobs, parents first; each is read back and compared.',
    scope: ['plan'],
    dangerous: true,
    footer: 1,
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'plan') return 'only from a plan';
      if (screen.applying !== null) return 'already writing';
      if (onFold(state)) return null;
      return screen.marks.size === 0 ? 'nothing is marked: space marks a job' : null;
    },
    run: apply,
  },
];

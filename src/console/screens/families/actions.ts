/** Opening the families, a job of one, and what is below it. */
import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import { type FamiliesScreen, flash, type State, type Step, still } from '../../state/model.ts';
import { push, subject, topScreen, withTop } from '../../state/stack.ts';
import { openJob } from '../job/open.ts';
import { branchHere, treeIn } from './rows.ts';

/** Whether a job is in any family. */
const hasKin = (state: State, name: string): boolean =>
  treeIn(state).some(({ key }) => key === name);

/** That of the job under the cursor; all, where it has none. */
function open(state: State): Step {
  const name = subject(state)?.name ?? null;
  const of = name !== null && hasKin(state, name) ? name : null;
  const cursor = of === null ? noCursor : { key: of, row: 0 };
  return still(push(state, { kind: 'families', of, closed: new Set(), cursor }));
}

const onFamilies = (state: State, then: (screen: FamiliesScreen) => Step): Step => {
  const screen = topScreen(state);
  return screen.kind === 'families' ? then(screen) : still(state);
};

const fold = (state: State): Step =>
  onFamilies(state, (screen) => {
    const branch = branchHere(state, screen);
    if (branch?.hasBelow !== true) return still(state);
    const closed = new Set(screen.closed);
    if (!closed.delete(branch.key)) closed.add(branch.key);
    return still(withTop(state, { ...screen, closed }));
  });

const needsBelow = (state: State): string | null => {
  const screen = topScreen(state);
  const branch = screen.kind === 'families' ? branchHere(state, screen) : undefined;
  return branch?.hasBelow === true ? null : 'nothing is below it';
};

const openHere = (state: State): Step =>
  onFamilies(state, (screen) => {
    const branch = branchHere(state, screen);
    if (branch === undefined) return still(state);
    if (branch.job !== null) return openJob(state, branch.name);
    return still(flash(state, 'info', `${branch.name} does not exist: ${branch.other} lists it`));
  });

/** All families, or that of the job under the cursor. */
const widen = (state: State): Step =>
  onFamilies(state, (screen) => {
    const branch = branchHere(state, screen);
    const own = branch?.job?.name ?? null;
    return still(withTop(state, { ...screen, of: screen.of === null ? own : null }));
  });

const families = ['families'] as const;

export const familyActions: readonly Action[] = [
  {
    id: 'families.list',
    keys: ['T'],
    title: 'families',
    help: 'Shows the family of the job as a tree, or all families: parents and children as Dkron runs them, what does not run when one fails, and what is wrong with a link.',
    scope: ['jobs', 'job'],
    command: 'families',
    run: open,
  },
  {
    id: 'families.job',
    keys: ['enter'],
    title: 'open the job',
    help: 'Opens the job under the cursor: its details and its runs.',
    scope: families,
    footer: 1,
    run: openHere,
  },
  {
    id: 'families.fold',
    keys: ['o', 'space'],
    title: 'open or close',
    help: 'Hides what is below the job under the cursor, or shows it again.',
    scope: families,
    footer: 2,
    available: needsBelow,
    run: fold,
  },
  {
    id: 'families.all',
    keys: ['a'],
    title: 'all, or this one',
    help: 'Shows all families, or only that of the job under the cursor.',
    scope: families,
    footer: 3,
    run: widen,
  },
];

/** What the checks say of all jobs, and the plan of their fixes. */
import { counted } from '../../../base/counted.ts';
import { isMendable, keyOf, mended } from '../../../job/lint/found.ts';
import type { Action } from '../../state/action.ts';
import { openChanges } from '../../state/changes.ts';
import { cursorIndex, moveTo, noCursor } from '../../state/cursor.ts';
import { type State, type Step, still } from '../../state/model.ts';
import { push, withTop } from '../../state/stack.ts';
import { withTtls } from '../../state/ttls.ts';
import { openJob } from '../job/open.ts';
import { visibleOf } from '../jobs/visible.ts';
import { chosen, foundHere, lintHere, rowsOfLint } from './rows.ts';
import { lintRows } from './view.ts';

function open(state: State): Step {
  const { marks, filter } = state.screens[0];
  const names = marks.size > 0 ? [...marks] : visibleOf(state).keys.slice();
  const jobs = names.length === 1 ? 'job' : 'jobs';
  const which = marks.size > 0 ? `marked ${jobs}` : filter === '' ? jobs : `${jobs} of /${filter}`;
  return ask(
    push(state, {
      kind: 'lint',
      names,
      what: `${names.length} ${which}`,
      from: state.now,
      looked: 0,
      found: null,
      ignored: 0,
      filter: '',
      marks: new Set(),
      cursor: noCursor,
    }),
  );
}

/** Where there is a table of TTLs it is read before; what came of it asks (arrived.ts). */
function ask(state: State, anew = false): Step {
  const screen = lintHere(state);
  if (screen === null) return still(state);
  const [asking, effects] = withTtls(state, anew);
  if (effects.length > 0) return [asking, effects];
  return [state, [{ type: 'lint', names: screen.names, from: screen.from }]];
}

function again(state: State): Step {
  const screen = lintHere(state);
  if (screen === null) return still(state);
  return ask(withTop(state, { ...screen, from: state.now, looked: 0 }), true);
}

function mark(state: State): Step {
  const screen = lintHere(state);
  const here = screen && foundHere(screen);
  if (!screen || !here) return still(state);
  const marks = new Set(screen.marks);
  if (!marks.delete(keyOf(here))) marks.add(keyOf(here));
  const rows = rowsOfLint(screen);
  const next = cursorIndex(screen.cursor, rows) + 1;
  const cursor = moveTo(screen.cursor, rows, next, lintRows(state));
  return still(withTop(state, { ...screen, marks, cursor }));
}

function markAll(state: State): Step {
  const screen = lintHere(state);
  if (screen === null) return still(state);
  const keys = rowsOfLint(screen)
    .rows.filter(({ finding }) => isMendable(finding))
    .map(keyOf);
  const marks = keys.every((key) => screen.marks.has(key)) ? [] : keys;
  return still(withTop(state, { ...screen, marks: new Set(marks) }));
}

function fix(state: State): Step {
  const screen = lintHere(state);
  if (screen === null) return still(state);
  const byJob = Map.groupBy(chosen(screen), ({ job }) => job);
  const wanted = [...byJob].flatMap(([name, its]) => {
    const job = state.jobs.byName.get(name)?.job;
    const findings = its.map(({ finding }) => finding);
    return (job && mended(job, findings)) ?? [];
  });
  const [only] = wanted;
  if (only === undefined) return still(state);
  return openChanges(
    state,
    `Mend ${wanted.length === 1 ? only.name : counted(wanted.length)}`,
    wanted,
  );
}

const needsFinding = (state: State): string | null => {
  const screen = lintHere(state);
  return screen && foundHere(screen) ? null : 'there is no finding under the cursor';
};

const needsFix = (state: State): string | null => {
  const screen = lintHere(state);
  if (screen === null || screen.found === null) return 'the jobs are being checked';
  return chosen(screen).length > 0 ? null : 'no fix is known for this: enter opens the job';
};

/** Only what has a fix can be marked: marks say what is mended. */
const needsMendable = (state: State): string | null => {
  const screen = lintHere(state);
  const here = screen && foundHere(screen);
  return here && isMendable(here.finding) ? null : 'no fix is known for this: enter opens the job';
};

const lint = ['lint'] as const;

export const lintActions: readonly Action[] = [
  {
    id: 'lint.open',
    keys: [],
    title: 'lint',
    help: 'Checks the marked jobs or else all jobs shown, and lists what is wrong with them, the worst first, with the fix where one is known.',
    scope: ['jobs'],
    command: 'lint',
    run: open,
  },
  {
    id: 'lint.job',
    keys: ['enter'],
    title: 'open job',
    help: 'Opens the job of the finding under the cursor.',
    scope: lint,
    footer: 1,
    available: needsFinding,
    run: (state) => {
      const screen = lintHere(state);
      const here = screen && foundHere(screen);
      return here && state.jobs.byName.has(here.job) ? openJob(state, here.job) : still(state);
    },
  },
  {
    id: 'lint.fix',
    keys: ['f'],
    title: 'plan of fixes',
    help: 'Shows what the fixes of the marked findings, or of the one under the cursor, would change, as a plan; nothing is written before.',
    scope: lint,
    footer: 2,
    live: true,
    dangerous: true,
    available: needsFix,
    run: fix,
  },
  {
    id: 'lint.mark',
    keys: ['space'],
    title: 'mark',
    help: 'Marks the finding for the plan of fixes, where it has a fix.',
    scope: lint,
    footer: 3,
    available: needsMendable,
    run: mark,
  },
  {
    id: 'lint.mark-all',
    keys: ['a'],
    title: 'mark all',
    help: 'Marks every finding shown that has a fix, or unmarks them all.',
    scope: lint,
    footer: 4,
    run: markAll,
  },
  {
    id: 'lint.again',
    keys: ['r'],
    title: 'again',
    help: 'Checks the jobs again, as they are now.',
    scope: lint,
    footer: 5,
    run: again,
  },
];

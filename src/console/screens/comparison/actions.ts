/** A snapshot compared with another or with the server, and what leads on from there. */
import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import { type ComparisonScreen, type State, type Step, still } from '../../state/model.ts';
import { push, topScreen, withTop } from '../../state/stack.ts';
import { openFrom } from '../contexts/other.ts';
import { openDifference } from '../difference.ts';
import { openRestore } from '../snapshots/actions.ts';
import { changesOf, differenceHere } from './view.ts';

const shown = (state: State): ComparisonScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'comparison' ? screen : null;
};

/** The older of two that are marked with the newer; else the one under the cursor with the server. */
function openComparison(state: State): Step {
  const screen = topScreen(state);
  if (screen.kind !== 'snapshots' || screen.cursor.key === null) return still(state);
  const marked = (screen.files ?? []).filter(({ path }) => screen.marks.has(path));
  const [older, newer] = marked.toSorted((a, b) => a.taken - b.taken);
  const [from, to] = newer ? [older!.path, newer.path] : [screen.cursor.key, null];
  const opened = push(state, {
    kind: 'comparison',
    from,
    to,
    comparison: null,
    cursor: noCursor,
    filter: '',
    secrets: false,
  });
  return [opened, [{ type: 'compare', from, to }]];
}

function difference(state: State): Step {
  const screen = shown(state);
  const here = screen && differenceHere(screen);
  if (!screen || !here) return still(state);
  return openDifference(state, {
    job: here.name,
    changes: changesOf(here, screen),
    why: here.why,
  });
}

function restore(state: State): Step {
  const screen = shown(state);
  const difference = screen && differenceHere(screen);
  if (!screen || !difference) return still(state);
  const { from } = screen;
  const marks = [difference.name];
  return typeof from === 'string'
    ? openRestore(state, from, { marks })
    : openFrom(state, from.context, marks);
}

const needsDifference = (state: State): string | null => {
  const screen = shown(state);
  return screen && differenceHere(screen) ? null : 'there is no difference';
};

function needsRestorable(state: State): string | null {
  const screen = shown(state);
  const difference = screen && differenceHere(screen);
  if (!difference) return 'there is no difference';
  if (screen.to !== null) return 'both are snapshots: R on the list of snapshots restores one';
  if (difference.kind === 'added') return `${whatOf(screen)} does not have this job`;
  return difference.kind === 'unreadable' ? difference.why : null;
}

const whatOf = ({ from }: ComparisonScreen): string =>
  typeof from === 'string' ? 'the snapshot' : from.context;

export const comparisonActions: readonly Action[] = [
  {
    id: 'snapshot.diff',
    keys: ['d'],
    title: 'compare',
    help: 'Compares the snapshot under the cursor with the server, or two that are marked with each other.',
    scope: ['snapshots'],
    footer: 3,
    available: (state) => {
      const screen = topScreen(state);
      if (screen.kind !== 'snapshots' || !screen.files?.length) return 'there is no snapshot';
      return screen.marks.size > 2
        ? `${screen.marks.size} are marked: mark two to compare them, or none`
        : null;
    },
    run: openComparison,
  },
  {
    id: 'comparison.difference',
    keys: ['enter', 'd'],
    title: 'difference',
    help: 'Shows all that differs in the job under the cursor, as a text.',
    scope: ['comparison'],
    footer: 1,
    available: needsDifference,
    run: difference,
  },
  {
    id: 'comparison.restore',
    keys: ['R'],
    title: 'restore',
    help: 'Shows what restoring the job under the cursor from the snapshot or the other cluster would change; enter does it.',
    scope: ['comparison'],
    footer: 2,
    available: needsRestorable,
    run: restore,
  },
  {
    id: 'comparison.secrets',
    keys: ['x'],
    title: 'show credentials',
    help: 'Shows passwords, tokens and other credentials as they are, or hides them again.',
    scope: ['comparison'],
    footer: 4,
    run: (state) => {
      const screen = shown(state);
      return still(screen ? withTop(state, { ...screen, secrets: !screen.secrets }) : state);
    },
  },
];

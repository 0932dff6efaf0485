/** Moving, opening and going back: the same keys on every screen. */

import { paneOf, scrolled, scrollPane, switchPart } from '../screens/pane.ts';
import { jump, kindsWith, listingOf, onRow, rowOfScreen } from '../screens/table.ts';
import type { Action } from '../state/action.ts';
import { cursorIndex } from '../state/cursor.ts';
import { type Effect, flash, type State, type Step, still } from '../state/model.ts';
import { pop, topScreen, withTop } from '../state/stack.ts';

/** Scrolls a text or a pane, or moves the cursor of a list. */
function move(by: (page: number, at: number) => number): (state: State) => Step {
  return (state) => {
    const pane = scrolled(state);
    if (pane !== null) return still(scrollPane(state, pane, by(pane.height, pane.top)));
    const listing = listingOf(state);
    if (listing === null) return still(state);
    const moved = jump(state, by(listing.height, cursorIndex(listing.cursor, listing.list)));
    return [moved, onRow(moved)];
  };
}

const everywhere = ['everywhere'] as const;
const parts = kindsWith('part', 'listing');

function switched(state: State): State {
  const pane = paneOf(state);
  return pane === null ? state : switchPart(state, pane);
}

const hasPane = (state: State): string | null =>
  paneOf(state) !== null ? null : 'the terminal is too small for two panes; enter opens the job';

const scrollBy =
  (delta: 1 | -1): ((state: State) => Step) =>
  (state) => {
    const pane = paneOf(state);
    return still(pane === null ? state : scrollPane(state, pane, pane.top + delta));
  };

/** Out of the pane first, then without what esc clears, then one screen back; null: nothing is left. */
function backFrom(state: State): State | null {
  const screen = topScreen(state);
  const { held, filtered, cleared } = rowOfScreen(screen);
  const why = held?.(screen) ?? null;
  if (why !== null) return flash(state, 'info', why);
  if ('inPane' in screen && screen.inPane) return switched(state);
  if (filtered !== undefined && filtered.words(screen) !== '')
    return filtered.typed(state, screen, '', screen);
  const clear = cleared?.(screen) ?? null;
  if (clear !== null) return withTop(state, clear);
  return state.screens.length === 1 ? null : pop(state);
}

/** Out of a snapshot there is a way back where there is none out of a server. */
const out = (state: State, otherwise: readonly Effect[]): Step => [
  state,
  state.setting.inside === undefined ? otherwise : [{ type: 'leave-snapshot', restore: [] }],
];

function back(state: State): Step {
  const before = backFrom(state);
  return before === null ? out(state, []) : still(before);
}

const leave = (state: State): Step => {
  const left = backFrom(state);
  return left === null ? out(state, [{ type: 'quit' }]) : still(left);
};

export const moveActions: readonly Action[] = [
  {
    id: 'move.down',
    ofRows: true,
    keys: ['j', 'down'],
    title: 'down',
    help: 'Moves one row down.',
    scope: everywhere,
    run: move((_page, at) => at + 1),
  },
  {
    id: 'move.up',
    ofRows: true,
    keys: ['k', 'up'],
    title: 'up',
    help: 'Moves one row up.',
    scope: everywhere,
    run: move((_page, at) => at - 1),
  },
  {
    id: 'move.page-down',
    ofRows: true,
    keys: ['ctrl-f', 'pagedown'],
    title: 'page down',
    help: 'Moves one page down.',
    scope: everywhere,
    run: move((page, at) => at + page),
  },
  {
    id: 'move.page-up',
    ofRows: true,
    keys: ['ctrl-b', 'pageup'],
    title: 'page up',
    help: 'Moves one page up.',
    scope: everywhere,
    run: move((page, at) => at - page),
  },
  {
    id: 'move.half-down',
    ofRows: true,
    keys: ['ctrl-d'],
    title: 'half page down',
    help: 'Moves half a page down in a text.',
    scope: ['text', 'run-comparison'],
    run: move((page, at) => at + Math.ceil(page / 2)),
  },
  {
    id: 'move.half-up',
    ofRows: true,
    keys: ['ctrl-u'],
    title: 'half page up',
    help: 'Moves half a page up in a text.',
    scope: ['text', 'run-comparison'],
    run: move((page, at) => at - Math.ceil(page / 2)),
  },
  {
    id: 'move.top',
    ofRows: true,
    keys: ['g', 'home'],
    title: 'top',
    help: 'Moves to the first row.',
    scope: everywhere,
    run: move(() => 0),
  },
  {
    id: 'move.bottom',
    ofRows: true,
    keys: ['G', 'end'],
    title: 'bottom',
    help: 'Moves to the last row.',
    scope: everywhere,
    run: move(() => Number.MAX_SAFE_INTEGER),
  },
  {
    id: 'part.other',
    ofRows: true,
    keys: ['tab', 'shift-tab'],
    title: 'other pane',
    help: 'Switches between the list and the pane beside or below it; the keys that move work there.',
    scope: parts,
    footer: 9,
    available: hasPane,
    run: (state) => still(switched(state)),
  },
  {
    id: 'part.down',
    ofRows: true,
    keys: ['J', 'shift-down'],
    title: 'details down',
    help: 'Scrolls the details of the job, or the difference, down.',
    scope: parts,
    available: hasPane,
    run: scrollBy(1),
  },
  {
    id: 'part.up',
    ofRows: true,
    keys: ['K', 'shift-up'],
    title: 'details up',
    help: 'Scrolls the details of the job, or the difference, up.',
    scope: parts,
    available: hasPane,
    run: scrollBy(-1),
  },
  {
    id: 'back',
    ofRows: true,
    keys: ['esc'],
    title: 'back',
    help: 'Clears the filter, then the marks, then goes back one screen, and out of a snapshot.',
    scope: everywhere,
    command: 'back',
    footer: 9,
    run: back,
  },
  {
    id: 'leave',
    ofRows: true,
    keys: ['q'],
    title: 'back, or quit',
    help: 'Does what esc does; on the jobs screen it quits when there is nothing to clear.',
    scope: everywhere,
    run: leave,
  },
];

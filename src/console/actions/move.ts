/** Moving, opening and going back: the same keys on every screen. */

import { setFilter } from '../screens/jobs/actions.ts';
import { paneOf, scrollPane, switchPart } from '../screens/pane.ts';
import { openOutput } from '../screens/runs/actions.ts';
import { openRestore } from '../screens/snapshots/actions.ts';
import {
  glanceAt,
  jump,
  listingOf,
  pop,
  push,
  topScreen,
  withJobs,
  withTop,
} from '../screens/table.ts';
import { lastTop, topOf } from '../screens/text/view.ts';
import type { Action } from '../state/action.ts';
import { cursorIndex, noCursor } from '../state/cursor.ts';
import { bodyRows } from '../state/layout.ts';
import { type JournalScreen, type State, type Step, still } from '../state/model.ts';

/** Scrolls a text or a pane, or moves the cursor of a list; on the jobs screen the new job is glanced at. */
function move(by: (page: number, at: number) => number): (state: State) => Step {
  return (state) => {
    const screen = topScreen(state);
    if (screen.kind === 'text') {
      const rows = bodyRows(state);
      const top = Math.max(0, Math.min(lastTop(state, screen), by(rows, topOf(state, screen))));
      return still(withTop(state, { ...screen, top }));
    }
    const pane = 'inPane' in screen && screen.inPane ? paneOf(state) : null;
    if (pane !== null) return still(scrollPane(state, pane, by(pane.height, pane.top)));
    const listing = listingOf(state);
    if (listing === null) return still(state);
    const moved = jump(state, by(listing.height, cursorIndex(listing.cursor, listing.list)));
    return [moved, glanceAt(moved)];
  };
}

const everywhere = ['everywhere'] as const;
const parts = ['jobs', 'job', 'plan'] as const;

function switched(state: State): Step {
  const pane = paneOf(state);
  return still(pane === null ? state : switchPart(state, pane));
}

const hasPane = (state: State): string | null =>
  paneOf(state) !== null ? null : 'there is room for one part only; enter opens the job';

const scrollBy =
  (delta: 1 | -1): ((state: State) => Step) =>
  (state) => {
    const pane = paneOf(state);
    return still(pane === null ? state : scrollPane(state, pane, pane.top + delta));
  };

export const moves: readonly Action[] = [
  {
    id: 'move.down',
    keys: ['j', 'down'],
    title: 'down',
    help: 'One row down.',
    scope: everywhere,
    run: move((_page, at) => at + 1),
  },
  {
    id: 'move.up',
    keys: ['k', 'up'],
    title: 'up',
    help: 'One row up.',
    scope: everywhere,
    run: move((_page, at) => at - 1),
  },
  {
    id: 'move.page-down',
    keys: ['ctrl-f', 'pagedown'],
    title: 'page down',
    help: 'One page down.',
    scope: everywhere,
    run: move((page, at) => at + page),
  },
  {
    id: 'move.page-up',
    keys: ['ctrl-b', 'pageup'],
    title: 'page up',
    help: 'One page up.',
    scope: everywhere,
    run: move((page, at) => at - page),
  },
  {
    id: 'move.half-down',
    keys: ['ctrl-d'],
    title: 'half page down',
    help: 'Half a page down, in texts.',
    scope: ['text'],
    run: move((page, at) => at + Math.ceil(page / 2)),
  },
  {
    id: 'move.half-up',
    keys: ['ctrl-u'],
    title: 'half page up',
    help: 'Half a page up, in texts.',
    scope: ['text'],
    run: move((page, at) => at - Math.ceil(page / 2)),
  },
  {
    id: 'move.top',
    keys: ['g', 'home'],
    title: 'top',
    help: 'To the first row.',
    scope: everywhere,
    run: move(() => 0),
  },
  {
    id: 'move.bottom',
    keys: ['G', 'end'],
    title: 'bottom',
    help: 'To the last row.',
    scope: everywhere,
    run: move(() => Number.MAX_SAFE_INTEGER),
  },
  {
    id: 'part.other',
    keys: ['tab', 'shift-tab'],
    title: 'other part',
    help: 'The keys that move go on to the pane, the details, the difference or the hours, and back to the list.',
    scope: [...parts, 'agenda'],
    footer: 9,
    available: hasPane,
    run: switched,
  },
  {
    id: 'part.down',
    keys: ['J', 'shift-down'],
    title: 'details down',
    help: 'Scrolls the details of the job, or the difference, down.',
    scope: parts,
    available: hasPane,
    run: scrollBy(1),
  },
  {
    id: 'part.up',
    keys: ['K', 'shift-up'],
    title: 'details up',
    help: 'Scrolls the details of the job, or the difference, up.',
    scope: parts,
    available: hasPane,
    run: scrollBy(-1),
  },
  {
    id: 'open',
    keys: ['enter'],
    title: 'open',
    help: 'Opens what is under the cursor: the job, the output of the run, the snapshot.',
    scope: ['jobs', 'job', 'executions', 'snapshots', 'journal'],
    footer: 1,
    available: (state) => {
      const listing = listingOf(state);
      return listing === null || listing.list.keys.length === 0 ? 'nothing to open here' : null;
    },
    run: open,
  },
  {
    id: 'back',
    keys: ['esc'],
    title: 'back',
    help: 'Clears the filter, then the marks, then goes back one screen.',
    scope: everywhere,
    command: 'back',
    footer: 9,
    run: back,
  },
  {
    id: 'leave',
    keys: ['q'],
    title: 'back, or quit',
    help: 'As esc; on the jobs screen, with nothing to clear, it quits.',
    scope: everywhere,
    run: (state) => (nothingToLeave(state) ? [state, [{ type: 'quit' }]] : back(state)),
  },
];

function open(state: State): Step {
  const screen = topScreen(state);
  const key = listingOf(state)?.cursor.key ?? listingOf(state)?.list.keys[0];
  if (key === undefined || key === null) return still(state);
  if (screen.kind === 'jobs') return openJob(state, key);
  if (screen.kind === 'job' || screen.kind === 'executions')
    return openOutput(state, screen.name, key);
  if (screen.kind === 'snapshots') return openRestore(state, key);
  if (screen.kind === 'journal') return openPast(state, screen, key);
  return still(state);
}

/** The job of a change as it was before it. */
function openPast(state: State, { changes }: JournalScreen, key: string): Step {
  const change = changes?.find(({ id }) => id === key);
  return change ? [state, [{ type: 'undo', change }]] : still(state);
}

export function openJob(state: State, name: string): Step {
  return [
    push(state, { kind: 'job', name, cursor: noCursor, top: 0 }),
    [{ type: 'load-runs', name }],
  ];
}

function back(state: State): Step {
  const screen = topScreen(state);
  if (screen.kind === 'text' && screen.search !== '')
    return still(withTop(state, { ...screen, search: '', match: undefined }));
  if (screen.kind === 'plan' && screen.applying !== null)
    return still({
      ...state,
      flash: {
        level: 'info',
        text: 'still writing; ctrl-c stops after the jobs that are under way',
      },
    });
  if ('inPane' in screen && screen.inPane) return switched(state);
  if ('filter' in screen && screen.filter !== '') return still(setFilter(state, ''));
  if (screen.kind !== 'jobs') return still(pop(state));
  if (screen.marks.size > 0) return still(withJobs(state, { ...screen, marks: new Set() }));
  return still(state);
}

/** `q` where there is nothing to go back to. */
const nothingToLeave = (state: State): boolean => {
  const screen = state.screens[0];
  const { filter, marks, inPane } = screen;
  return state.screens.length === 1 && filter === '' && marks.size === 0 && !inPane;
};

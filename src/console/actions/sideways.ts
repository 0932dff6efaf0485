/** To what is cut at the right, in texts and in lists: the name of a job and the short columns stay. */
import { kindsWith, rowOfScreen } from '../screens/table.ts';
import type { Action } from '../state/action.ts';
import { type State, type Step, still } from '../state/model.ts';
import { topScreen, withTop } from '../state/stack.ts';

const scroll =
  (to: (left: number, step: number) => number) =>
  (state: State): Step => {
    const screen = topScreen(state);
    const { most, step } = rowOfScreen(screen).sideways?.(state, screen) ?? { most: 0, step: 0 };
    const now = Math.min(most, 'left' in screen ? (screen.left ?? 0) : 0);
    const left = Math.max(0, Math.min(most, to(now, step)));
    return still(left === now ? state : withTop(state, { ...screen, left } as typeof screen));
  };

const both = kindsWith('sideways');
const texts = ['text', 'run-comparison'] as const;
const lists = kindsWith('sideways', 'listing');

const right = scroll((left, step) => left + step);
const leftwards = scroll((left, step) => left - step);

export const sidewaysActions: readonly Action[] = [
  {
    id: 'list.right',
    ofRows: true,
    keys: ['right'],
    title: 'right',
    help: 'Scrolls right, to columns and line ends that do not fit.',
    scope: lists,
    run: right,
  },
  {
    id: 'list.left',
    ofRows: true,
    keys: ['left'],
    title: 'left',
    help: 'Scrolls back to the left.',
    scope: lists,
    run: leftwards,
  },
  {
    id: 'text.right',
    ofRows: true,
    keys: ['l', 'right'],
    title: 'right',
    help: 'Scrolls half a screen to the right, when lines are not wrapped.',
    scope: texts,
    run: right,
  },
  {
    id: 'text.left',
    ofRows: true,
    keys: ['h', 'left'],
    title: 'left',
    help: 'Scrolls half a screen to the left, when lines are not wrapped.',
    scope: texts,
    run: leftwards,
  },
  {
    id: 'view.start',
    ofRows: true,
    keys: ['0'],
    title: 'start of the lines',
    help: 'Scrolls to the start of the lines.',
    scope: both,
    run: scroll(() => 0),
  },
  {
    id: 'view.end',
    ofRows: true,
    keys: ['$'],
    title: 'end of the lines',
    help: 'Scrolls to the end of the lines.',
    scope: both,
    run: scroll(() => Number.MAX_SAFE_INTEGER),
  },
];

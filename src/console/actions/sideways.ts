/** To what is cut at the right, in texts and in lists: the name of a job and the short columns stay. */
import { mostSkipped } from '../../view/job-columns.ts';
import { agendaOverhang } from '../screens/agenda/view.ts';
import { visibleOf } from '../screens/jobs/visible.ts';
import { planOverhang } from '../screens/plan/view.ts';
import { runsOverhang } from '../screens/runs/view.ts';
import { topScreen, withTop } from '../screens/table.ts';
import { rowsOf, textColumns, widest } from '../screens/text/view.ts';
import type { Action } from '../state/action.ts';
import { tableColumns } from '../state/layout.ts';
import { type State, type Step, still } from '../state/model.ts';

/** How far the shown screen can be scrolled, and how far one key goes: whole columns of jobs, else cells. */
function reach(state: State): { readonly most: number; readonly step: number } {
  const screen = topScreen(state);
  const half = Math.floor(state.columns / 2);
  // A cell at the left says that something is left out there.
  const cells = (overhang: number) => ({ most: overhang > 0 ? overhang + 1 : 0, step: half });
  switch (screen.kind) {
    case 'jobs':
      return {
        most: mostSkipped(tableColumns(state), visibleOf(state, screen).longestName),
        step: 1,
      };
    case 'job':
    case 'executions':
      return { ...cells(runsOverhang(state, screen)), step: Math.floor(half / 2) };
    case 'plan':
      return { ...cells(planOverhang(state, screen)), step: Math.floor(half / 2) };
    case 'agenda':
      return { ...cells(agendaOverhang(state, screen)), step: Math.floor(half / 2) };
    case 'text':
      return cells(widest(rowsOf(state, screen)) - textColumns(state));
    default:
      return { most: 0, step: 0 };
  }
}

const scroll =
  (to: (left: number, step: number) => number) =>
  (state: State): Step => {
    const screen = topScreen(state);
    const { most, step } = reach(state);
    const now = Math.min(most, 'left' in screen ? (screen.left ?? 0) : 0);
    const left = Math.max(0, Math.min(most, to(now, step)));
    return still(left === now ? state : withTop(state, { ...screen, left } as typeof screen));
  };

const lists = ['jobs', 'job', 'executions', 'plan', 'agenda'] as const;
const both = [...lists, 'text'] as const;

const right = scroll((left, step) => left + step);
const leftwards = scroll((left, step) => left - step);

export const sidewaysActions: readonly Action[] = [
  {
    id: 'list.right',
    keys: ['right'],
    title: 'right',
    help: 'To the columns, or the ends of lines, that had no room.',
    scope: lists,
    run: right,
  },
  {
    id: 'list.left',
    keys: ['left'],
    title: 'left',
    help: 'Back to the left.',
    scope: lists,
    run: leftwards,
  },
  {
    id: 'text.right',
    keys: ['l', 'right'],
    title: 'right',
    help: 'Half a screen to the right, when lines are not wrapped.',
    scope: ['text'],
    run: right,
  },
  {
    id: 'text.left',
    keys: ['h', 'left'],
    title: 'left',
    help: 'Half a screen to the left, when lines are not wrapped.',
    scope: ['text'],
    run: leftwards,
  },
  {
    id: 'view.start',
    keys: ['0'],
    title: 'start of the lines',
    help: 'All the way to the left.',
    scope: both,
    run: scroll(() => 0),
  },
  {
    id: 'view.end',
    keys: ['$'],
    title: 'end of the lines',
    help: 'All the way to the right.',
    scope: both,
    run: scroll(() => Number.MAX_SAFE_INTEGER),
  },
];

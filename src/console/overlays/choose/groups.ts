/** What the actions are about, in the order in which `?` lists them. */
import type { Action } from '../../state/action.ts';

/** By the first part of an action's id. */
const groups: readonly (readonly [title: string, parts: readonly string[]])[] = [
  ['The job', ['job', 'fields', 'drafts']],
  ['Runs and output', ['runs', 'again', 'why', 'output']],
  ['The list', ['jobs', 'filter', 'list', 'view', 'maintenance']],
  ['Text', ['text']],
  ['Agenda', ['agenda']],
  ['Checks', ['lint', 'missed']],
  ['Plan', ['plan']],
  ['Snapshots, undo', ['snapshot', 'prune', 'comparison', 'journal', 'history', 'unfinished']],
  ['Families', ['families']],
  ['Cluster', ['members']],
  ['Moving', ['open', 'back', 'leave', 'move', 'part']],
  [
    'The console',
    [
      'help',
      'palette',
      'refresh',
      'pause',
      'redraw',
      'suspend',
      'quit',
      'app',
      'zone',
      'context',
      'cluster',
    ],
  ],
];
const others = 'More';

export interface Group {
  readonly title: string;
  readonly actions: readonly Action[];
}

export const groupOf = ({ id }: Pick<Action, 'id'>): string =>
  groups.find(([, parts]) => parts.includes(id.split('.')[0]!))?.[0] ?? others;

/** The actions in their groups, those without any left out. */
export const groupsOf = (actions: readonly Action[]): Group[] =>
  [...groups.map(([title]) => title), others]
    .map((title) => ({ title, actions: actions.filter((action) => groupOf(action) === title) }))
    .filter((group) => group.actions.length > 0);

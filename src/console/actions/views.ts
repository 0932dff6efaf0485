/** Filters that the config file has a name for. */

import { rowOfScreen } from '../screens/table.ts';
import type { Action } from '../state/action.ts';
import { flash, type JobsScreen, type State, type Step, still } from '../state/model.ts';
import { topScreen, withTop } from '../state/stack.ts';

const namesOf = ({ setting }: State): string[] => Object.keys(setting.views);

/** The jobs through this view, by its name; without one the next view, and after the last all jobs. */
function view(state: State, name: string): Step {
  const screen = topScreen(state);
  if (screen.kind !== 'jobs') return still(state);
  const names = namesOf(state);
  if (name !== '' && !names.includes(name))
    return still(flash(state, 'error', `there is no view ${name}; there is ${names.join(', ')}`));
  const { views } = state.setting;
  const at = names.findIndex((each) => views[each] === screen.filter);
  const chosen = name === '' ? names[at + 1] : name;
  const words = chosen === undefined ? '' : views[chosen]!;
  const text = chosen === undefined ? 'all jobs' : `view ${chosen}`;
  return still(flash(filtered(state, screen, words), 'info', text));
}

const filtered = (state: State, screen: JobsScreen, words: string): State =>
  rowOfScreen(screen).filtered?.typed(state, screen, words, screen) ?? withTop(state, screen);

export const viewActions: readonly Action[] = [
  {
    id: 'filter.view',
    ofRows: true,
    keys: ['v'],
    title: 'next view',
    help: 'Filters by the next view of the context in the config file, and after the last shows all jobs; `:view NAME` takes one by its name.',
    scope: ['jobs'],
    command: 'view',
    complete: namesOf,
    available: (state) =>
      namesOf(state).length > 0 ? null : 'the context has no views in the config file',
    run: view,
  },
];

/** The words that the shown list is filtered by, or a text is searched for. */
import { filterKeys } from '../../job/filter.ts';
import { foundFilter } from '../../job/lint/found.ts';
import { lineOf } from '../../terminal/line.ts';
import { kindsWith, rowOfScreen, screens } from '../screens/table.ts';
import type { Action } from '../state/action.ts';
import { flash, type State, type Step, still } from '../state/model.ts';
import { planFilter } from '../state/plan-filter.ts';
import { topScreen } from '../state/stack.ts';

/** With words it filters at once; without it opens the line to type them. */
function filter(state: State, words: string): Step {
  const screen = topScreen(state);
  const { filtered } = rowOfScreen(screen);
  if (filtered === undefined) return still(state);
  const problem = filtered.problem?.(words, true) ?? null;
  if (problem !== null) return still(flash(state, 'error', problem));
  if (words !== '') return still(filtered.typed(state, screen, words, screen));
  const line = lineOf(filtered.words(screen));
  return still({ ...state, overlay: { kind: 'filter', line, before: screen } });
}

const words = (keys: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(keys).map((key) => `${key}:`);
const ofJobs = words(filterKeys);
const ofPlans = words(planFilter.keys).filter((word) => !ofJobs.includes(word));
const ofFindings = words(foundFilter.keys);

const keysHere = (state: State): string[] =>
  words(rowOfScreen(topScreen(state)).filtered?.keys ?? {});
const scopeOf = (verb: 'filter' | 'search') =>
  kindsWith('filtered').filter((kind) => screens[kind].filtered?.verb === verb);

export const filterActions: readonly Action[] = [
  {
    id: 'filter',
    ofRows: true,
    keys: ['/'],
    title: 'filter',
    help: `Shows only what matches: words of the name, or ${ofJobs.join(' ')}; of a plan also ${ofPlans.join(' ')}, of findings ${ofFindings.join(' ')}; ! negates.`,
    scope: scopeOf('filter'),
    command: 'filter',
    complete: keysHere,
    footer: 5,
    run: filter,
  },
  {
    id: 'text.search',
    keys: ['/'],
    title: 'search',
    help: 'Finds text as you type; n and N go to the next and the previous match. Small letters match capitals too.',
    scope: scopeOf('search'),
    command: 'search',
    complete: () => [],
    footer: 5,
    run: filter,
  },
];

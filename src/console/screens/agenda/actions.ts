/** What runs when, over all jobs, those that are shown, or those that are marked. */

import type { Action } from '../../state/action.ts';
import { noCursor } from '../../state/cursor.ts';
import { type AgendaScreen, type State, type Step, still } from '../../state/model.ts';
import { push, topScreen, withTop } from '../../state/stack.ts';
import { visibleOf } from '../jobs/visible.ts';

/** The lengths one steps through, in hours. */
const lengths: readonly number[] = [1, 3, 6, 12, 24, 48, 168];

function open(state: State): Step {
  const [screen] = state.screens;
  const { marks } = screen;
  // What the table shows, also while what is asked for is worked out.
  const { filter } = screen.held ?? screen;
  const names = marks.size > 0 ? [...marks] : visibleOf(state).keys.slice();
  const jobs = names.length === 1 ? 'job' : 'jobs';
  const which = marks.size > 0 ? `marked ${jobs}` : filter === '' ? jobs : `${jobs} of /${filter}`;
  return ask(
    push(state, {
      kind: 'agenda',
      names,
      what: `${names.length} ${which}`,
      hours: 6,
      from: state.now,
      agenda: null,
      cursor: noCursor,
    }),
  );
}

function ask(state: State): Step {
  const screen = topScreen(state);
  if (screen.kind !== 'agenda') return still(state);
  const { names, hours, from } = screen;
  return [state, [{ type: 'agenda', names, from, hours }]];
}

function onAgenda(state: State, change: (screen: AgendaScreen) => AgendaScreen): Step {
  const screen = topScreen(state);
  if (screen.kind !== 'agenda') return still(state);
  return ask(withTop(state, { ...change(screen), agenda: null, cursor: noCursor }));
}

const lengthen = (state: State, by: 1 | -1): Step =>
  onAgenda(state, (screen) => {
    const at = lengths.indexOf(screen.hours) + by;
    return { ...screen, hours: lengths[Math.max(0, Math.min(at, lengths.length - 1))]! };
  });

const agenda = ['agenda'] as const;

export const agendaActions: readonly Action[] = [
  {
    id: 'agenda.open',
    keys: ['A'],
    title: 'agenda',
    help: 'Shows when jobs will run in the next hours: runs per minute, the busiest minutes and the hosts called most, of the marked jobs or else of all jobs shown.',
    scope: ['jobs'],
    command: 'agenda',
    run: open,
  },
  {
    id: 'agenda.longer',
    keys: ['+'],
    title: 'longer',
    help: 'Shows more hours, up to a week.',
    scope: agenda,
    footer: 1,
    run: (state) => lengthen(state, 1),
  },
  {
    id: 'agenda.shorter',
    keys: ['-'],
    title: 'shorter',
    help: 'Shows fewer hours, down to one.',
    scope: agenda,
    footer: 2,
    run: (state) => lengthen(state, -1),
  },
  {
    id: 'agenda.again',
    keys: ['r'],
    title: 'from now',
    help: 'Computes the agenda again, from now.',
    scope: agenda,
    footer: 3,
    run: (state) => onAgenda(state, (screen) => ({ ...screen, from: state.now })),
  },
];

/** The part of a screen beside or below its list: the keys that move scroll it once tab went there. */

import { bodyRows, jobRows, paneColumns, planRows } from '../state/layout.ts';
import type { AgendaScreen, JobScreen, JobsScreen, PlanScreen, State } from '../state/model.ts';
import { hoursShown } from './agenda/view.ts';
import { detailsOf } from './job/details.ts';
import { paneLines } from './jobs/glance.ts';
import { planKeys } from './plan/rows.ts';
import { differenceOf } from './plan/view.ts';
import { topScreen, withTop } from './table.ts';

export interface Pane {
  readonly screen: JobsScreen | JobScreen | PlanScreen | AgendaScreen;
  readonly lines: number;
  readonly height: number;
  /** First line shown: never past the end. */
  readonly top: number;
}

/** Null where there is none. */
export function paneOf(state: State): Pane | null {
  const screen = topScreen(state);
  if (screen.kind === 'jobs')
    return paneColumns(state) === 0 ? null : pane(screen, paneLines(state).length, bodyRows(state));
  if (screen.kind === 'job') {
    const job = state.jobs.byName.get(screen.name)?.job;
    if (!job) return null;
    const lines = detailsOf(state, job, state.columns - 2).length;
    return pane(screen, lines, jobRows(state, lines).details);
  }
  if (screen.kind === 'agenda') {
    const { hours, strip, top } = hoursShown(state, screen);
    return hours.length === 0 ? null : { screen, lines: hours.length, height: strip, top };
  }
  if (screen.kind !== 'plan') return null;
  const { diff } = planRows(state, planKeys(screen.plan, screen.filter, screen.open).keys.length);
  return diff === 0 ? null : pane(screen, differenceOf(state, screen).length, diff - 1);
}

const pane = (screen: Pane['screen'], lines: number, height: number): Pane => ({
  screen,
  lines,
  height,
  top: Math.min(screen.top ?? 0, Math.max(0, lines - height)),
});

/** The pane with another line on top, as far as it has lines. */
export function scrollPane(state: State, { screen, lines, height }: Pane, top: number): State {
  const last = Math.max(0, lines - height);
  return withTop(state, { ...screen, top: Math.max(0, Math.min(last, top)) });
}

/** To the other part and back; both stay as they are. */
export const switchPart = (state: State, { screen, top }: Pane): State =>
  withTop(state, { ...screen, inPane: screen.inPane !== true, left: 0, top });

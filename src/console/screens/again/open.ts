/** Opening the list of jobs to run again: those that are meant, or what goes on. */

import { jobStatus, standingOf } from '../../../job/status.ts';
import { isToRun } from '../../../plan/again/choose.ts';
import { planAgain } from '../../../plan/again/plan.ts';
import { aroundAgain } from '../../state/again-around.ts';
import { type State, type Step, still } from '../../state/model.ts';
import { push } from '../../state/stack.ts';
import { standingsIn } from '../../state/standings.ts';

/** These jobs, all of them marked; what goes on or was interrupted shows in their place. */
export function openAgain(state: State, names: readonly string[]): Step {
  const isGoing = state.again !== null && state.again.stage !== 'over';
  const known = names.flatMap((name) => state.jobs.byName.get(name)?.job ?? []);
  const ordered = planAgain(known, aroundAgain(state)).map(({ name }) => name);
  const cursor = { key: (isGoing ? state.again?.items[0]?.name : ordered[0]) ?? null, row: 0 };
  const opened = push(
    { ...state, again: isGoing ? state.again : null },
    { kind: 'again', names: ordered, marks: new Set(ordered), cursor },
  );
  return isGoing ? still(opened) : [opened, [{ type: 'find-again' }]];
}

/** Those of them that failed or were missed. */
export function toRunOf(state: State, names: Iterable<string>): string[] {
  const standings = standingsIn(state);
  const wanted = isToRun('');
  return [...new Set(names)].filter((name) => {
    const row = state.jobs.byName.get(name);
    return row !== undefined && wanted(jobStatus(row, standingOf(standings, name)));
  });
}

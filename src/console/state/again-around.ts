/** The server as a list of jobs to run again is planned against it. */
import type { JobTable } from '../../job/table.ts';
import type { AgainAround } from '../../plan/again/plan.ts';
import type { State } from './model.ts';

export const aroundAgain = ({
  jobs: { byName },
  busy,
  nodes,
  now,
  clocks,
}: State): AgainAround & { readonly jobs: JobTable } => ({
  jobs: byName,
  busy: new Set(busy.keys()),
  nodes,
  now: now - clocks.skew,
});

/** A plan for programs. */
import { upcoming } from '../job/upcoming.ts';
import { shownOf } from '../plan/differences.ts';
import type { CheckedItem, CheckedPlan } from '../plan/model.ts';
import { instantFromMillis, rfc3339FromInstant } from '../schedule/index.ts';
import { movesRuns } from '../view/next-runs.ts';
import { movedJson } from './moved.ts';
import type { PlanForm } from './plan-view.ts';

/** Credentials are hidden unless asked for; the next runs stand there where they move, in UTC. */
export const planJson = ({ items }: CheckedPlan, chosen: ReadonlySet<string>, form: PlanForm) =>
  items.map((item) => ({
    name: item.name,
    kind: item.kind,
    why: item.why,
    chosen: chosen.has(item.name),
    changes: shownOf(item.changes, form.showSecrets).map(({ path, before, after }) => ({
      path,
      before,
      after,
    })),
    findings: item.findings,
    ...runsJson(item, form),
    ...(item.places && { places: item.places }),
    ...(item.left && { left: item.left }),
    ...(item.replaced && { replaced: item.replaced }),
    ...movedJson(item, form.showSecrets),
  }));

/** As many as `set-schedule` tells programs of. */
const count = 5;

function runsJson({ kind, changes, job, seen }: CheckedItem, { clock }: PlanForm): object {
  const moves = kind === 'new' || kind === 'delete' || (kind === 'change' && movesRuns(changes));
  if (!moves) return {};
  const times = (runs: readonly number[]): string[] =>
    runs.map((run) => rfc3339FromInstant(instantFromMillis(run)));
  return {
    ...(seen !== null && { nextBefore: times(upcoming(seen, clock, count, true).runs) }),
    ...(kind !== 'delete' && { nextAfter: times(upcoming(job, clock, count, false).runs) }),
  };
}

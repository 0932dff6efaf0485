/** What is told of the jobs that start in the same second as those that a command writes. */
import type { Job } from '../job/job.ts';
import { type Stampede, stampedeOf } from '../job/stampede.ts';
import type { Clock } from '../job/upcoming.ts';
import { differencesOf } from '../plan/differences.ts';
import type { RestoreItem, RestorePlan } from '../plan/model.ts';
import { instantFromSeconds, rfc3339FromInstant } from '../schedule/index.ts';
import { type Line, plain, quiet } from '../view/line.ts';
import { movesRuns } from '../view/next-runs.ts';
import { type ClockOf, calmerText, joinText, stampedeJson } from '../view/stampede.ts';
import { offsetAt } from './preview.ts';

/** By the names of the jobs. */
export type Joins = ReadonlyMap<string, Stampede>;

/** Each is counted among all the others: of many at once it is not told. */
const most = 10;

/** Of those of the plan whose runs move, among the jobs as they will be. */
export function joinsOf(
  plan: RestorePlan,
  names: readonly string[],
  live: readonly Job[],
  clock: Clock,
): Joins {
  const writes = new Set(names);
  const written = plan.items.filter(({ name, kind }) => writes.has(name) && kind !== 'delete');
  const moved: RestoreItem[] = [];
  for (const item of written) {
    if (item.job.disabled || !movesRuns(differencesOf(item, clock.version))) continue;
    moved.push(item);
    if (moved.length > most) return new Map();
  }
  const then = new Map(live.map((job) => [job.name, job]));
  for (const { name, job } of written) then.set(name, job);
  return new Map(
    moved.flatMap(({ name, job }) => {
      const others = then.values().filter((other) => other.name !== name);
      const stampede = stampedeOf(job, others, clock);
      return stampede === null ? [] : [[name, stampede] as const];
    }),
  );
}

/** For programs: by name, where there is something to tell. */
export const joinsJson = (joins: Joins): object =>
  joins.size === 0
    ? {}
    : {
        joins: Object.fromEntries(
          [...joins].map(([name, stampede]) => [name, stampedeJson(stampede)]),
        ),
      };

/** With whom it starts, and what could be written instead. */
export function joinLines(stampede: Stampede | null | undefined): Line[] {
  if (!stampede) return [];
  const { place, calm } = stampede;
  const instead = [calm.calmest, calm.hash].filter((other) => other !== null);
  return [
    [quiet(' joins      '), plain(joinText(place, stampede, clockOf))],
    ...instead.map(
      (other, at): Line => [
        quiet(at === 0 ? ' calmer     ' : ' or         '),
        plain(calmerText(other, stampede)),
      ],
    ),
  ];
}

const clockOf: ClockOf = (second, schedule) => {
  const run = instantFromSeconds(second);
  return rfc3339FromInstant(run, offsetAt(schedule, run));
};

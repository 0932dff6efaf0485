/** A plan that is kept as a text instead of being carried out. */
import { counted } from '../base/counted.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Clock } from '../job/upcoming.ts';
import type { CheckedPlan } from '../plan/model.ts';
import { savePlan } from '../plan/text/file.ts';
import type { Choice } from '../plan/text/plan-file.ts';
import { type Line, plain, quiet } from '../view/line.ts';
import type { Reached } from './cluster.ts';

export interface Keeping {
  readonly path: string;
  /** What it was made of, for who reads it. */
  readonly source: string;
  /** The target's: its zone and version. */
  readonly clock: Clock & { readonly version: string };
  readonly plan: CheckedPlan;
  /** Those to be written, and what is done with them; the others are left as they are. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** Shows credentials in the differences. */
  readonly secrets: boolean;
}

/** Writes the plan into a new file. Throws OperatorError. */
export const keepPlan = (
  { here: { id, name } }: Reached,
  { url }: Dkron,
  { path, secrets, clock, ...about }: Keeping,
): Promise<void> =>
  savePlan(
    path,
    {
      ...about,
      at: new Date(clock.now).toISOString(),
      cluster: { id, name },
      url,
      version: clock.version,
    },
    { secrets, clock },
  );

/** What was kept, and what to do with it. */
export const keptLines = ({ path, choices }: Keeping): Line[] => [
  [plain(`the plan is in ${path}: ${counted(choices.size)} to write`)],
  [quiet(`read it, edit it, then: dkron-tui restore --apply ${path}`)],
];

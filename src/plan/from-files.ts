/** The plan that makes a server have the jobs of files, or those of another cluster. */
import { atOnce, inTurns } from '../base/steps.ts';
import type { Dkron } from '../dkron/client.ts';
import { type Live, readLive } from '../dkron/live.ts';
import { spacedLike } from '../job/spaced-like.ts';
import type { JobsRead } from '../snapshot/file/contents.ts';
import { planSteps } from './compare.ts';
import type { RestoreItem, RestorePlan } from './model.ts';
import { adapt, withEnabled } from './policy/adapt.ts';
import { askedFor, type Policy, plainPolicy, type Replaced } from './policy/policy.ts';
import { ofFiles, type Source } from './source.ts';

export interface SourcePlan {
  readonly plan: RestorePlan;
  /** What it was made against. */
  readonly live: Live;
}

export interface PlanOptions {
  readonly policy?: Policy | undefined;
  /** What differs by white space in JSON only does not differ, as where people wrote the file. */
  readonly spaced?: boolean;
  readonly signal?: AbortSignal;
}

/** Compares the jobs of files with those of a server, as planSource does. */
export const planFiles = (
  dkron: Dkron,
  read: Pick<JobsRead, 'jobs' | 'unreadable'>,
  options?: PlanOptions,
): Promise<SourcePlan> => planSource(dkron, ofFiles(read), options);

/**
 * Compares jobs, as the policy wants them, with those of a server. What cannot be read, there or here,
 * is blocked and says why.
 */
export async function planSource(
  dkron: Dkron,
  source: Source,
  { signal, ...how }: PlanOptions = {},
): Promise<SourcePlan> {
  const live = await readLive(dkron, { signal });
  return { plan: await inTurns(sourceSteps(live, source, how)), live };
}

/** The same for a server as it was read. */
export const planAgainst = (...given: Parameters<typeof sourceSteps>): RestorePlan =>
  atOnce(sourceSteps(...given));

function* sourceSteps(
  { jobs: here, unreadable }: Live,
  source: Source,
  { policy = plainPolicy, spaced = false }: PlanOptions = {},
): Generator<void, RestorePlan> {
  const stored = new Map(here.map((job) => [job.name, job]));
  const { jobs, barred, replaced } = adapt(source, policy);
  const wanted = jobs.map((job) => {
    const there = stored.get(job.name);
    const adapted = withEnabled(job, there, policy);
    return spaced ? spacedLike(adapted, there) : adapted;
  });
  const plan = yield* planSteps(wanted, here, { barred, unreadable });
  if (askedFor(policy) === undefined) return plan;
  const items = plan.items.map((item) => metBy(withReplaced(item, replaced), policy));
  return { ...plan, policy, items };
}

/** Under a name that begins otherwise nobody expects to meet a job. */
const metBy = (item: RestoreItem, { prefix }: Policy): RestoreItem =>
  prefix === '' || item.kind !== 'change'
    ? item
    : { ...item, why: `a job of this name is there already: ${item.why}` };

function withReplaced(
  item: RestoreItem,
  all: ReadonlyMap<string, readonly Replaced[]>,
): RestoreItem {
  const replaced = all.get(item.name);
  return replaced === undefined || item.kind === 'only-here' ? item : { ...item, replaced };
}

/** Whether a job ran when it should have: one rule for the screen and the commands, without a server. */
import { atLeast } from '../base/dkron-version.ts';
import { unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import type { JobFacts } from '../job/job.ts';
import { missingTags, type NodeTags } from '../job/lint/tags.ts';
import { lastRun } from '../job/runs.ts';
import { serverTime } from '../job/time.ts';
import {
  earliestStart,
  lastFiring,
  owedFiring,
  type Reader,
  storedNext,
  tolerance,
} from './firing.ts';
import type { Cause, Verdict } from './verdict.ts';

/** What is known of the world around a job. */
export interface Around extends Reader {
  /** The server's clock. */
  readonly now: number;
  /** How long after its instant a firing may still come, ms. */
  readonly grace: number;
  /** The nodes that are alive; undefined where nobody tells. */
  readonly nodes: readonly NodeTags[] | undefined;
}

/** What is known of a job. All times are the server's. */
export interface Known {
  readonly job: JobFacts;
  /** It may run once at a time; asked only where that matters. */
  readonly forbids: () => boolean;
  /** When it was read. */
  readonly readAt: number;
  /** Since when it is seen as it is, enabled and with this schedule. */
  readonly since: number;
  /** What of it runs; null: nobody tells. */
  readonly busy: readonly Execution[] | null;
  /** At how many looks running none of its runs was under way. */
  readonly idleLooks: number;
  /** Its executions, where they were read since it was due. */
  readonly executions: readonly Execution[] | null;
  /** The firing that was seen to move its `next` on, with how many runs had ended before. */
  readonly fired: { readonly at: number; readonly ends: number } | null;
}

export interface Judgment {
  readonly verdict: Verdict | null;
  /** Only its executions tell more. */
  readonly ask: boolean;
  /** Only reading it again does. */
  readonly reread: boolean;
  /** It is not settled yet, and will be by itself. */
  readonly waits: boolean;
  /** When it is to be judged again, though nothing of it changes; null: not by itself. */
  readonly again: number | null;
}

const nothing: Judgment = { verdict: null, ask: false, reread: false, waits: false, again: null };
const later = (again: number): Judgment => ({ ...nothing, again });
const unsettled: Judgment = { ...nothing, ask: true };
/** Another look at what runs has to agree. */
const soon = 1_000;
const outdated: Judgment = { ...nothing, reread: true };
const found = (verdict: Verdict): Judgment => ({ ...nothing, verdict });

export const startOf = ({ started_at }: Execution): number =>
  serverTime(started_at)?.getTime() ?? 0;

export const endsOf = ({ success_count, error_count }: JobFacts): number =>
  success_count + error_count;

/** Whether one of these began then or later. */
const beganSince = (runs: readonly Execution[] | null, at: number): boolean =>
  runs?.some((run) => startOf(run) >= at) ?? false;

export function judge(known: Known, around: Around): Judgment {
  const late = judgeOwed(known, around);
  const isSettled = late.verdict !== null || late.ask || late.reread || late.waits;
  return isSettled ? late : soonest(late, judgeFired(known, around));
}

function soonest(one: Judgment, other: Judgment): Judgment {
  const again = Math.min(one.again ?? Infinity, other.again ?? Infinity);
  return { ...other, again: Number.isFinite(again) ? again : null };
}

/** A firing that `next` still promises though its instant is over. */
function judgeOwed(known: Known, around: Around): Judgment {
  const { job, since, busy, executions, readAt } = known;
  const { now, grace } = around;
  const first = owedFiring(job, around);
  if (first === null) return nothing;
  // Seen only later it may have been disabled then: what it owes surely is the first one after that.
  const proven = since < first.at ? first : owedFiring(job, around, since);
  const isSure = proven !== null && (proven === first || now >= proven.by + grace);
  const firing = isSure ? proven : first;
  if (now < firing.at + grace) return later(firing.at + grace);
  if (readAt < firing.at + tolerance) return outdated;
  const earliest = earliestStart(job, around, firing.at);
  if (beganSince(busy, earliest) || beganSince(executions, earliest)) return nothing;
  // The last firing of all leaves `next` where it was: only a run tells that it came.
  if (busy === null && executions === null && firing.isLast()) return unsettled;
  const hold = holdOf(known, around, firing.at);
  if (hold === 'ask') return unsettled;
  if (hold === 'wait') return { ...later(now + soon), waits: true };
  if ((lastRun(job)?.at ?? 0) >= earliest) {
    if (firing.isLast()) return nothing;
    // It may be the end of a run that began before, which is why this firing was skipped.
    if (executions === null) return unsettled;
  }
  const again = isSure || proven === null ? null : proven.by + grace;
  if (hold?.kind === 'orphan') return found({ state: 'stuck', at: firing.at, cause: hold });
  if (hold === null && now < firing.by + grace) return later(firing.by + grace);
  // What holds it now keeps it from running, whatever was then.
  const isLate = isSure || hold !== null;
  const cause = hold ?? { kind: 'unknown' };
  return {
    ...nothing,
    verdict: { state: isLate ? 'late' : 'overdue', at: firing.at, cause },
    again,
  };
}

/** What keeps a job from running that must not run twice at once; null: nothing does. */
function holdOf(known: Known, around: Around, at: number): Cause | 'ask' | 'wait' | null {
  const { busy, executions, forbids } = known;
  if (!forbids()) return null;
  const held = busy?.find((run) => startOf(run) < at);
  if (held !== undefined) return { kind: 'held', since: startOf(held), node: held.node_name };
  if (busy === null || !blocksByStore(around)) return null;
  if (executions === null) return 'ask';
  return orphanOf(known);
}

/** Before 4.0.9 Dkron asks its servers only what runs. */
const blocksByStore = ({ version }: Reader): boolean =>
  version === undefined || atLeast(version, '4.0.9');

/** A stored run without an end that no server had at two looks; `wait` while one may still have it. */
function orphanOf({ executions, idleLooks }: Known): Cause | 'wait' | null {
  const orphan = executions?.find(unfinished);
  if (orphan === undefined) return null;
  if (idleLooks < 2) return 'wait';
  return { kind: 'orphan', since: startOf(orphan), node: orphan.node_name };
}

/** A firing that Dkron began, by its `next`: whether a node took it. */
function judgeFired(known: Known, around: Around): Judgment {
  const { job, since, busy, executions, fired } = known;
  const { now, grace, nodes } = around;
  const tags = missingTags(job.tags, nodes);
  if (tags !== null && storedNext(job) > 0) {
    const last = lastFiring(job, around, now - grace);
    const ran = lastRun(job)?.at ?? 0;
    const wasTaken =
      last !== null && (ran >= earliestStart(job, around, last) || (busy?.length ?? 0) > 0);
    if (wasTaken || !isScheduled(job, around)) return nothing;
    const at = last !== null && since < last ? last : storedNext(job);
    return found({ state: 'nowhere', at, cause: { kind: 'tags', tags } });
  }
  if (fired === null || endsOf(job) !== fired.ends) return nothing;
  const earliest = earliestStart(job, around, fired.at);
  if ((lastRun(job)?.at ?? 0) >= earliest) return nothing;
  if (busy === null || busy.length > 0) return nothing;
  if (now < fired.at + grace) return later(fired.at + grace);
  if (executions === null) return unsettled;
  if (!beganSince(executions, earliest))
    return found({ state: 'nowhere', at: fired.at, cause: { kind: 'unknown' } });
  const orphan = orphanOf(known);
  if (orphan === 'wait') return { ...later(now + soon), waits: true };
  return orphan === null ? nothing : found({ state: 'stuck', at: fired.at, cause: orphan });
}

const isScheduled = (job: JobFacts, around: Around): boolean => owedFiring(job, around) !== null;

/** A believable past for the gateway's jobs: runs with their attempts, durations and outputs. */
import type { Instant } from '../schedule/instant.ts';
import { instantFromRfc3339 } from '../schedule/instant.ts';
import { nextRun, nextRuns, runsBetween } from '../schedule/next.ts';
import { parseSchedule } from '../schedule/parse.ts';
import { replyOf } from './cache-manager.ts';
import { wholeRun } from './executor-shell.ts';
import type { Fate, GatewayJob } from './gateway.ts';
import { commands } from './gateway.ts';
import type { Execution } from './job.ts';
import type { Random } from './random.ts';
import type { Result } from './run.ts';
import { backoff } from './run.ts';

/** Runs to look back on; with retries, up to the cap of 100 executions. */
const RUNS = 60;

/** How many of the last runs of a failing job failed. */
const FAILING_RUNS = 4;

const HOUR = 3_600_000_000_000n;
const MILLISECOND = 1_000_000n;

/** When a job was due before now, oldest first; parents say for their children. */
export function pastFires(job: GatewayJob, now: Instant, random: Random): Instant[] {
  if (job.fate === 'never') return [];
  const wanted = Math.min(RUNS, job.succeeded + job.failed);
  const until = endOf(job, now);
  const { name, timezone } = job;
  const parsed = parseSchedule(job.schedule, { name, timezone });
  const first = parsed.valid ? nextRun(parsed.schedule, until) : null;
  if (!parsed.valid || first === null) return byHand(wanted, until, random);
  const sample = nextRuns(parsed.schedule, first, 12);
  const step = (sample.at(-1)! - first) / BigInt(sample.length);
  const phase = BigInt(random.between(0, 1000)) * (step / 1000n);
  const from = until - phase - 2n * BigInt(wanted) * step;
  return runsBetween(parsed.schedule, from, until).slice(-wanted);
}

/** A disabled job ended some days ago, an expired one when it expired. */
function endOf({ extra }: GatewayJob, now: Instant): Instant {
  const expires = instantFromRfc3339(extra.get('expires') ?? '');
  if (expires !== undefined && expires < now) return expires;
  if (extra.has('disabled')) return now - 9n * 24n * HOUR;
  return now - heldFor({ extra });
}

/** How long ago the run began that holds it, or has no end; 0 for none. */
export const heldFor = ({ extra }: Pick<GatewayJob, 'extra'>): bigint =>
  (BigInt(extra.get('runs') ?? extra.get('orphan') ?? 0) * HOUR) / 60n;

/** Somebody ran it by hand, some days apart. */
const byHand = (count: number, until: Instant, random: Random): Instant[] =>
  Array.from({ length: count }, (_, index) => {
    const hours = BigInt((count - index) * 70 + random.between(0, 60));
    return until - hours * HOUR - BigInt(random.between(0, 3600)) * 1000n * MILLISECOND;
  });

/** The executions of all runs, oldest first. */
export function pastExecutions(
  job: GatewayJob,
  fires: readonly Instant[],
  node: string,
  random: Random,
): Execution[] {
  const { extra } = job;
  let busyUntil = 0n;
  return fires.flatMap((fire, index) => {
    if (extra.has('forbid') && fire < busyUntil) return [];
    const recent = index >= fires.length - FAILING_RUNS;
    const fate = job.fate === 'failing' && !recent ? 'fine' : job.fate;
    const made = attempts(job, fire, fate, node, random);
    busyUntil = made.at(-1)!.finished_at;
    return recent || !extra.has('quicker') ? made : made.map(quicker);
  });
}

/** A third of the time: since then it became slow. */
const quicker = (one: Execution): Execution => ({
  ...one,
  finished_at: one.started_at + (one.finished_at - one.started_at) / 3n,
});

function attempts(
  job: GatewayJob,
  fire: Instant,
  fate: Fate,
  node: string,
  random: Random,
): Execution[] {
  const group = fire + BigInt(random.between(200_000, 4_000_000));
  const retries = Number(job.extra.get('retries') ?? 0);
  const made: Execution[] = [];
  let started_at = group + BigInt(random.between(300_000, 2_000_000));
  for (let attempt = 1; attempt <= retries + 1; attempt++) {
    const { took, ...result } = outcome(job, fate, random);
    const finished_at = started_at + took;
    made.push({
      job_name: job.name,
      started_at,
      finished_at,
      ...result,
      node_name: node,
      group,
      attempt,
    });
    if (result.success) break;
    const rest = BigInt(backoff(took, attempt + 1)) * MILLISECOND;
    started_at = finished_at + rest + BigInt(random.between(300_000, 2_000_000));
  }
  return made;
}

interface Outcome extends Result {
  /** Nanoseconds. */
  readonly took: bigint;
}

function outcome(job: GatewayJob, fate: Fate, random: Random): Outcome {
  const command = commands.get(job.name);
  const noise = BigInt(random.between(0, 1_000_000));
  if (command !== undefined) {
    const { output, takes } = wholeRun(command);
    const other = takes === 0 ? random.between(4_000, 40_000) : takes + random.between(20, 400);
    return { success: true, output, simulated: true, took: BigInt(other) * MILLISECOND + noise };
  }
  const { status, body, takes } = replyOf(fate, job.action, random);
  const answer = `${JSON.stringify(body)}\n`;
  const unexpected = 'received response code does not match the expected code\n';
  return {
    success: status === 200,
    output: status === 200 ? answer : unexpected + answer,
    simulated: false,
    took: BigInt(takes) * MILLISECOND + noise,
  };
}

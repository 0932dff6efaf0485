/** Turns the gateway's jobs into stored jobs with a past, the same on every start but for now. */
import { instantFromRfc3339 } from '../schedule/instant.ts';
import { countPast } from './days.ts';
import { emptyJob } from './decode-job.ts';
import type { GatewayJob } from './gateway.ts';
import { commands, displayNames, gatewayJobs, partnerId } from './gateway.ts';
import type { Execution, Job } from './job.ts';
import { heldFor, pastExecutions, pastFires } from './past.ts';
import { Random } from './random.ts';
import type { State } from './state.ts';
import { utc, ZERO } from './time.ts';

const DAY = 86_400_000_000_000n;

/** Fills an empty server; `cacheManager` is the URL of the stand-in that the jobs call. */
export function seed(state: State, cacheManager: string): void {
  const now = state.clock();
  for (const job of gatewayJobs) {
    const random = new Random(job.name);
    const past = pastOf(state, job, now, random);
    state.setJob({ ...define(job, cacheManager, random), ...resultOf(job, past, now, random) });
    for (const execution of past) state.store.setExecution(execution);
    countPast(state.store, past, job);
    hold(state, job, past.at(-1), now);
  }
}

/** How long the run still goes on that holds a job, milliseconds. */
const GOES_ON = 35 * 60_000;

/** A job whose last run goes on since some time, or was never ended: later firings are skipped. */
function hold(state: State, { name, extra }: GatewayJob, last: Execution | undefined, now: bigint) {
  const { store, runner, scheduler } = state;
  const job = store.job(name);
  if (last === undefined || job === undefined || heldFor({ extra }) === 0n) return;
  const next = scheduler.following(name, last.started_at);
  const fire = next ?? now;
  const started = {
    ...last,
    started_at: fire + 900_000n,
    finished_at: ZERO,
    success: false,
    output: '',
  };
  const held = { ...started, group: fire };
  store.setExecution(held);
  store.put({ ...job, next: utc(scheduler.following(name, fire) ?? now) });
  if (extra.has('runs'))
    void runner.goOn(held, GOES_ON, {
      success: true,
      output: 'imported 1 network\n',
      simulated: true,
    });
}

/** A child ran whenever its parent had succeeded. */
function pastOf({ store, node }: State, job: GatewayJob, now: bigint, random: Random): Execution[] {
  if (job.fate === 'never') return [];
  const parent = job.extra.get('parent');
  const fires =
    parent === undefined
      ? pastFires(job, now, random)
      : store.executions(parent).map((execution) => execution.finished_at);
  return pastExecutions(job, fires, node.name, random).filter((one) => one.finished_at < now);
}

/** Counters and last results as the past left them. */
function resultOf(
  job: GatewayJob,
  past: readonly Execution[],
  now: bigint,
  random: Random,
): Partial<Job> {
  const last = past.at(-1);
  const results = past.filter((one) => one.group === last?.group).map((one) => one.success);
  const succeeded = past.findLast((one) => one.success)?.finished_at;
  // Failures that Dkron counted and keeps no more lie before everything it still knows.
  const known = past[0]?.started_at ?? now;
  const longAgo = job.failed > 0 ? known - BigInt(random.between(10, 200)) * (DAY / 8n) : undefined;
  const failed = past.findLast((one) => !one.success)?.finished_at ?? longAgo;
  const partly = results.includes(true) ? 'partially_failed' : 'failed';
  return {
    success_count: BigInt(job.succeeded),
    error_count: BigInt(job.failed),
    last_success: succeeded === undefined ? null : utc(succeeded),
    last_error: failed === undefined ? null : utc(failed),
    status: last === undefined ? '' : results.includes(false) ? partly : 'success',
  };
}

/** The job as somebody would have posted it. */
function define(job: GatewayJob, cacheManager: string, random: Random): Job {
  const { extra } = job;
  const owner = extra.get('owner') ?? 'mobility';
  const expires = instantFromRfc3339(extra.get('expires') ?? '');
  const command = commands.get(job.name);
  return {
    ...emptyJob,
    name: job.name,
    displayname: displayNames.get(job.name) ?? '',
    timezone: job.timezone,
    schedule: job.schedule,
    owner,
    owner_email: `${owner}@example.org`,
    disabled: extra.has('disabled'),
    tags: tagsOf(owner, extra.get('role')),
    metadata: new Map([
      ['partner', job.partner],
      ['kind', command === undefined ? 'cache-refresh' : 'batch'],
    ]),
    retries: BigInt(extra.get('retries') ?? 0),
    parent_job: extra.get('parent') ?? '',
    dependent_jobs: extra.has('lists') ? [extra.get('lists')!] : null,
    concurrency: extra.has('forbid') ? 'forbid' : 'allow',
    executor: command === undefined ? 'http' : 'shell',
    executor_config:
      command === undefined
        ? callOf(job, cacheManager, random)
        : new Map(Object.entries({ command, shell: 'true' })),
    expires_at: expires === undefined ? null : utc(expires),
  };
}

function tagsOf(owner: string, role: string | undefined): Map<string, string> | null {
  if (role !== undefined) return new Map([['role', role]]);
  return owner === 'platform' ? new Map([['dc', 'dc1']]) : null;
}

const callOf = (job: GatewayJob, cacheManager: string, random: Random): Map<string, string> =>
  new Map(
    Object.entries({
      method: 'POST',
      url: `${cacheManager}/v1/cache/refresh?partnerId=${partnerId(job.partner)}&actionName=${job.action}`,
      headers: '["Content-Type: application/json"]',
      body: bodyOf(job.extra.get('body'), random),
      timeout: '30',
      expectCode: '200',
    }),
  );

/** What the cache manager gets: JSON, written into the job as a string. */
function bodyOf(kind: string | undefined, random: Random): string {
  const place = (): object => ({
    lat: Number((43 + random.next() * 7).toFixed(4)),
    lng: Number((random.next() * 9 - 1.7).toFixed(4)),
    rad: 500 * random.between(1, 7),
  });
  if (kind === 'positions')
    return JSON.stringify({ positions: Array.from({ length: random.between(1, 6) }, place) });
  if (kind !== 'zones') return '';
  const zone = (): object => ({ areaId: `zone-${random.between(100, 1000)}`, center: place() });
  return JSON.stringify({ zones: Array.from({ length: random.between(1, 4) }, zone) });
}

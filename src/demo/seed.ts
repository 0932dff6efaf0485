/** Turns the gateway's jobs into stored jobs with a past, the same on every start but for now. */
import type { GatewayJob } from './gateway.ts';
import { gatewayJobs } from './gateway.ts';
import type { Job } from './job.ts';
import { Random } from './random.ts';
import type { Store } from './store.ts';
import { utc, ZERO } from './time.ts';

const OWNERS = {
  mobility: 'mobility@example.org',
  platform: 'platform@example.org',
  billing: 'billing@example.org',
};

/** A text of the JSON that the cache manager gets: written into the job as a string. */
function body(kind: GatewayJob['body'], random: Random): string {
  const place = (): object => ({
    lat: Number((43 + random.next() * 7).toFixed(4)),
    lng: Number((-1.7 + random.next() * 8).toFixed(4)),
    rad: 500 * random.between(1, 7),
  });
  if (kind === 'positions')
    return JSON.stringify({ positions: Array.from({ length: random.between(1, 6) }, place) });
  if (kind === 'zones')
    return JSON.stringify({
      zones: Array.from({ length: random.between(1, 3) }, () => ({
        areaId: `zone-${random.between(100, 1000)}`,
        center: place(),
      })),
    });
  return '';
}

function executorConfig(job: GatewayJob, cacheManager: string): Map<string, string> {
  if (job.command !== undefined)
    return new Map([
      ['command', job.command],
      ['shell', 'true'],
    ]);
  const partnerId = new Random(job.partner).uuid();
  return new Map([
    ['method', 'POST'],
    ['url', `${cacheManager}/v1/cache/refresh?partnerId=${partnerId}&actionName=${job.action}`],
    ['headers', '["Content-Type: application/json"]'],
    ['body', body(job.body, new Random(job.name))],
    ['timeout', '30'],
    ['expectCode', '200'],
  ]);
}

/** The job as somebody would have posted it. */
function define(job: GatewayJob, cacheManager: string): Job {
  const owner = job.owner ?? 'mobility';
  return {
    id: job.name,
    name: job.name,
    displayname: job.displayname ?? '',
    timezone: job.timezone ?? '',
    schedule: job.schedule,
    owner,
    owner_email: OWNERS[owner],
    success_count: 0n,
    error_count: 0n,
    last_success: null,
    last_error: null,
    disabled: job.disabled ?? false,
    tags: null,
    metadata: new Map([
      ['partner', job.partner],
      ...(job.action === undefined ? [] : [['action', job.action] as const]),
    ]),
    retries: BigInt(job.retries ?? 0),
    dependent_jobs: null,
    parent_job: job.parent ?? '',
    processors: null,
    concurrency: job.forbid ? 'forbid' : 'allow',
    executor: job.command === undefined ? 'http' : 'shell',
    executor_config: executorConfig(job, cacheManager),
    status: '',
    next: utc(ZERO),
    ephemeral: false,
    starts_at: null,
    expires_at: null,
  };
}

/** Fills an empty store; `cacheManager` is the URL of the stand-in that the jobs call. */
export function seed(store: Store, cacheManager: string): void {
  for (const job of gatewayJobs) store.setJob(define(job, cacheManager), true);
}

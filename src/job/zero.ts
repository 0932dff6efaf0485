import { own } from '../base/own.ts';
import type { Job } from './job.ts';

/** What Dkron makes of fields that a request leaves out: Go's zero values. */
const zeroJob: Job = {
  name: '',
  displayname: '',
  timezone: '',
  schedule: '',
  owner: '',
  owner_email: '',
  success_count: 0,
  error_count: 0,
  last_success: null,
  last_error: null,
  disabled: false,
  tags: null,
  metadata: null,
  retries: 0,
  dependent_jobs: null,
  parent_job: '',
  processors: null,
  // The one field with another default (api.go jobCreateOrUpdateHandler).
  concurrency: 'allow',
  executor: '',
  executor_config: null,
  status: '',
  next: '0001-01-01T00:00:00Z',
  ephemeral: false,
  expires_at: null,
  starts_at: null,
};

/** A job out of the fields that somebody gave; null counts as not given, as in Go. */
export function wholeJob(given: Readonly<Record<string, unknown>>): Job {
  const whole: Record<string, unknown> = { ...zeroJob, ...given };
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) continue;
    if (Object.hasOwn(zeroJob, name)) whole[name] = zeroJob[name];
    else delete whole[name];
  }
  return whole as Job;
}

/** What Dkron makes of this field when it is not given. */
export const zeroOf = (field: string): unknown => own(zeroJob, field);

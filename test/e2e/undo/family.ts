/** A parent with two children, one of them defined with all there is, and a job of its own. */
import type { Definition } from '../../support/jobs.ts';

export const family: readonly Definition[] = [
  { name: 'positions' },
  { name: 'alert', schedule: '', parent_job: 'positions' },
  {
    name: 'publish',
    displayname: 'Publish 🚲',
    schedule: '',
    parent_job: 'positions',
    owner: 'mobility',
    owner_email: 'mobility@example.com',
    tags: { role: 'web:1' },
    metadata: { partner: 'keolis', note: '' },
    retries: 2,
    concurrency: 'forbid',
    processors: { log: { forward: 'false' } },
    expires_at: '2031-01-01T02:00:00+02:00',
    executor: 'http',
    executor_config: {
      method: 'POST',
      url: 'http://localhost:1/',
      body: '{"a" :1.0,"a":2,"big":9223372036854775808,"inner":"{\\"x\\":1e400}"}',
    },
  },
  { name: 'zones', schedule: '0 */15 6-22 * * MON-FRI', timezone: 'Europe/Paris' },
];

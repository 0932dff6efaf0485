/** What is offered as calmer, on every Dkron at hand: it is taken, and runs when we say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { stampedeOf } from '../../src/job/stampede.ts';
import { upcoming } from '../../src/job/upcoming.ts';
import { supports } from '../../src/schedule/features.ts';
import type { Calmer } from '../../src/schedule/index.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

// A Dkron takes its own zone from its environment.
process.env['TZ'] = 'UTC';
console.log(`calm: ${realDkronsLine()}`);

describe.each(servers())('$name', ({ start, version }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
    for (const name of ['a', 'b', 'c']) await save(name, '0 0 3 * * *');
  }, 120_000);
  afterAll(() => server.stop());

  const save = (name: string, schedule: string) =>
    ask<Job>(`${server.url}/v1/jobs`, 'POST', aDefinition({ name, schedule }));
  const clock = () => ({ now: Date.now(), serverZone: 'UTC', version });

  async function offered(): Promise<Record<'calmest' | 'hash', Calmer | null>> {
    const jobs = await ask<Job[]>(`${server.url}/v1/jobs`);
    const typed = aDefinition({ name: 'test_job', schedule: '0 0 3 * * *' }) as Job;
    const found = stampedeOf({ ...jobs[0]!, ...typed }, jobs, clock());
    expect(found?.place).toMatchObject({ jobs: 4 });
    return found!.calm;
  }

  async function runsAsSaid({ schedule, effective }: Calmer): Promise<void> {
    await save('test_job', schedule);
    const job = await ask<Job>(`${server.url}/v1/jobs/test_job`);
    const [ours] = upcoming({ ...job, schedule: effective }, clock(), 1, false).runs;
    expect(Date.parse(job.next)).toBe(ours);
    await ask(`${server.url}/v1/jobs/test_job`, 'DELETE');
  }

  it('the calmest minute runs when we say', async () => {
    const { calmest } = await offered();
    expect(calmest?.schedule).toBe('0 1 3 * * *');
    await runsAsSaid(calmest!);
  });

  it('`~` runs when we say, or is refused where it is not offered', async () => {
    const { hash } = await offered();
    if (supports('hash', version)) {
      expect(hash).toMatchObject({ schedule: '0 ~ 3 * * *', place: { jobs: 1 } });
      await runsAsSaid(hash!);
    } else {
      expect(hash).toBeNull();
      await expect(save('test_job', '0 ~ 3 * * *')).rejects.toThrow();
    }
  });
});

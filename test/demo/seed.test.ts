import { expect, it } from 'vitest';
import { readTtls } from '../../src/contexts/ttl-source.ts';
import { startDemo } from '../../src/demo/server.ts';
import { demoTtls } from '../../src/demo/ttls.ts';
import { createClient } from '../../src/dkron/client.ts';
import { ttlFindings } from '../../src/job/lint/ttl.ts';
import { coverageOf } from '../../src/job/ttl/match.ts';
import { instantFromMillis } from '../../src/schedule/index.ts';

const now = Date.parse('2026-11-27T10:00:00Z');

/** The jobs of a demo server that starts at this moment, each with its runs, the newest first. */
async function seeded(at: number) {
  const demo = await startDemo({ now: () => instantFromMillis(at) });
  const client = createClient({ url: demo.url });
  try {
    const jobs = (await Array.fromAsync(client.jobs())).map(({ job }) => job);
    const runs = await Promise.all(
      jobs.map(async ({ name }) => (await client.executions(name, { outputLimit: 1 })).value),
    );
    // What never ended counts for nothing.
    const ended = runs.map((its) => its.filter(({ finished_at }) => Date.parse(finished_at) > 0));
    return jobs.map((job, index) => ({ job, runs: ended[index]! }));
  } finally {
    await client.close();
    await demo.close();
  }
}

it.each([0, 7, 13, 61, 787, 4_321])(
  'every job says of itself what its runs say, %i minutes later',
  async (minutes) => {
    for (const { job, runs } of await seeded(now + minutes * 60_000)) {
      const last = (ok: boolean): number =>
        Math.max(
          0,
          ...runs.filter((run) => run.success === ok).map((run) => Date.parse(run.finished_at)),
        );
      const [newest] = runs;
      const results = runs.filter(({ group }) => group === newest?.group).map((run) => run.success);
      const status =
        results.length === 0
          ? ''
          : results.every(Boolean)
            ? 'success'
            : results.some(Boolean)
              ? 'partially_failed'
              : 'failed';
      const said = [job.status, Date.parse(job.last_success ?? '') || 0];
      expect([job.name, ...said]).toEqual([job.name, status, last(true)]);
      if (last(false) > 0) expect(Date.parse(job.last_error ?? '')).toBe(last(false));
      if (job.status === 'success' && job.last_error !== null)
        expect(Date.parse(job.last_error)).toBeLessThan(Date.parse(job.last_success ?? ''));
    }
  },
);

it('has jobs that run too seldom for their TTLs, by their step and by their nights', async () => {
  const jobs = (await seeded(now)).map(({ job }) => job);
  const ttls = await readTtls(demoTtls, {});
  const found = jobs.flatMap((job) =>
    ttlFindings(job, { ttls, now: instantFromMillis(now) }).map(({ rule, fix }) => [
      job.name,
      rule,
      fix,
    ]),
  );
  expect(found).toEqual([
    ['blablacar-journeys', 'ttl-soft', '0 */15 * * * *'],
    ['citiz-vehicles', 'ttl-hard', undefined],
  ]);
  // Nothing of the table is about a job that is not there, but for one partner that left.
  expect(coverageOf(ttls, jobs)).toMatchObject({ unfilled: 1, shared: 0, doubled: 0, unread: 0 });
});

/** What a job becomes on the demo server and on every real Dkron at hand, against what is foretold. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { atLeast } from '../../src/base/dkron-version.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { lookAgain } from '../../src/dkron/write/reread.ts';
import { definition, diffJobs } from '../../src/job/compare.ts';
import type { Job, JobText } from '../../src/job/job.ts';
import { keptOf } from '../../src/job/lint/kept.ts';
import { parseJson, stringifyJson } from '../../src/json/numbers.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { realDkronsLine } from '../support/dkron.ts';
import { writeJob } from '../support/door.ts';
import { whatDkronsKeep } from '../support/kept-cases.ts';
import { anOddJob } from '../support/odd-jobs.ts';
import { type RunningServer, servers } from '../support/servers.ts';

console.log(`kept: ${realDkronsLine()}`);

describe.each(servers())('$name', ({ name, version, start }) => {
  let server: RunningServer;
  let client: Dkron;
  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  let sent = 0;
  /** What the server shows of a job that it is sent as it is, under a name of its own. */
  async function shown(odd: string): Promise<Job> {
    const name = `odd-sent-${sent++}`;
    const body = odd.replace('"name":"odd"', `"name":"${name}"`);
    const answer = await fetch(`${server.url}/v1/jobs`, { method: 'POST', body });
    expect([answer.status, answer.status === 201 ? '' : await answer.text()]).toEqual([201, '']);
    const is = (now: JobText | null): boolean => now !== null;
    const looks = await lookAgain(client, new Map([[name, is]]), { clock: systemClock });
    return { ...looks.get(name)!.now!.job, name: 'odd' };
  }

  it.each(whatDkronsKeep)('keeps what is foretold of %s', async (_what, fields) => {
    const text = `{"name":"odd","schedule":"@manually","executor":"shell",${fields}}`;
    const now = await shown(text);
    expect(diffJobs(now, keptOf(parseJson(text) as Job, version).job)).toEqual([]);
  });

  it('keeps what is foretold of any job', async () => {
    await fc.assert(
      fc.asyncProperty(anOddJob, async (odd) => {
        const now = await shown(stringifyJson(definition(odd)));
        expect(diffJobs(now, keptOf(odd, version).job)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has any job written and verified, and nothing to write the second time', async () => {
    let at = 0;
    await fc.assert(
      fc.asyncProperty(anOddJob, async (odd) => {
        const wanted = { ...odd, name: `odd-${at++}` };
        const result = await writeJob(client, { seen: null, wanted });
        expect(result.outcome).toBe('written');
        const now = (await client.job(wanted.name)).value.job;
        expect(planRestore([wanted], [now]).items.map(({ kind }) => kind)).toEqual(['same']);
        const again = await writeJob(client, { seen: now, wanted });
        expect(again.outcome).toBe('same');
      }),
      { numRuns: 30 },
    );
  });

  if (name !== 'the demo server' && atLeast(version, '4.0.0'))
    it('shows no job any more after a year that has not four digits', async () => {
      for (const expires_at of ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00']) {
        const body = JSON.stringify({ name: 'endless', schedule: '@manually', expires_at });
        await fetch(`${server.url}/v1/jobs`, { method: 'POST', body });
        const list = await (await fetch(`${server.url}/v1/jobs`)).text();
        await fetch(`${server.url}/v1/jobs/endless`, { method: 'DELETE' });
        expect(list).toBe('');
      }
    });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../src/job/row.ts';
import { openMissed } from '../../src/oversight/kept.ts';
import { definitionKey } from '../../src/oversight/sightings.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob, textOf } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { demoServer, type RunningServer } from '../support/servers.ts';
import { places, type Ran, run } from './run.ts';

let demo: RunningServer;
beforeAll(async () => {
  demo = await demoServer();
});
afterAll(() => demo.stop());

const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`;
const missed = (...argv: string[]) => run(['missed', ...argv, '--url', demo.url]);

describe('missed', () => {
  it('lists what does not run at the demo server, with the cause, and ends with 3', async () => {
    const { code, stdout } = await missed('--json');
    expect(code).toBe(3);
    const found = JSON.parse(stdout) as { job: string; state: string; cause: object; at: string }[];
    expect(found.map(({ job, state }) => `${job} ${state}`).sort()).toEqual([
      'gbfs-paris-import late',
      'keolis-tarifs stuck',
      'maas-export nowhere',
    ]);
    expect(found.find(({ job }) => job === 'maas-export')).toMatchObject({
      cause: { kind: 'tags', tags: ['role etl'] },
      sure: true,
      endedAt: null,
    });
    expect(found.find(({ job }) => job === 'keolis-tarifs')).toMatchObject({
      cause: { kind: 'orphan', node: 'demo' },
    });
  });

  it('says it in a table, of the jobs that a filter lets through', async () => {
    const { code, stdout } = await missed('paris');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^JOB +STATE +DUE +AGO +FIRINGS +OVER +CAUSE\n/);
    expect(stdout).toMatch(/gbfs-paris-import +! late .*it runs since .* on demo/);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    const none = await missed('velib');
    expect([none.code, none.stdout]).toEqual([0, '']);
    expect(none.stderr).toContain('nothing is late, stuck or missed');
    expect((await missed('velib', '--json')).stdout).toBe('[]\n');
    expect((await missed('status:late', '--json')).stdout).toContain('gbfs-paris-import');
  });

  it.each([
    ['jobs', 'status:late', '--json'],
    ['agenda', 'status:late', '--json'],
    ['export', '-', '--as', 'jsonl', '--filter', 'status:late'],
    ['backup', '-', '--filter', 'status:late'],
  ])('is known to the filter of %s', async (...argv) => {
    const { stdout } = await run([...argv, '--url', demo.url]);
    expect(stdout).toContain('gbfs-paris-import');
    expect(stdout).not.toContain('velib-status');
  });

  it('is known to the filter of lint', async () => {
    const { stdout } = await run(['lint', 'status:late', '--json', '--url', demo.url]);
    expect(JSON.parse(stdout)).toMatchObject({ looked: 1 });
  });

  it('is a state of the jobs for other commands, too', async () => {
    const { stdout } = await run(['jobs', 'status:stuck', '--url', demo.url]);
    expect(stdout).toMatch(/keolis-tarifs +! stuck/);
    const json = await run(['jobs', 'status:nowhere', '--json', '--url', demo.url]);
    expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'maas-export' }]);
    const job = await run(['job', 'keolis-tarifs', '--url', demo.url]);
    expect(job.stdout).toMatch(/^keolis-tarifs {2}! stuck\n/);
    expect(job.stdout).toContain('dkron-tui clear keolis-tarifs erases its executions');
  });

  it('refuses a wrong command line', async () => {
    expect((await missed('--since', 'yesterday')).code).toBe(2);
    expect((await missed('stauts:late')).code).toBe(2);
  });
});

describe('a job that was seen enabled before its firing', () => {
  const ago = (minutes: number): number => Date.now() - minutes * 60_000;
  const job = aJob({
    ...{ name: 'a', schedule: '@every 1m', next: new Date(ago(9)).toISOString() },
    ...{ success_count: 3, last_success: new Date(ago(10)).toISOString() },
  });

  it('is late for every command as it is for missed, and overdue where nobody saw it', async () => {
    const { url } = await serve(({ path }) => {
      if (path.includes('/executions') || path.startsWith('/v1/busy')) return json([]);
      if (path.startsWith('/v1/jobs/')) return json(job);
      if (path.startsWith('/v1/jobs')) return json([job]);
      if (path.startsWith('/v1/members')) return json([]);
      return json({ agent: { name: 'n1', version: '4.1.2' }, serf: {}, tags: {} });
    });
    const told = async (state: RegExp): Promise<void> => {
      for (const argv of [['missed'], ['jobs'], ['job', 'a']])
        expect(said(await run([...argv, '--url', url]))).toMatch(state);
    };
    await told(/\? overdue/);
    const file = openMissed((await keptAt(places, url)).missed);
    const seen = [{ job: 'a', key: definitionKey(rowOf(textOf(job))), since: ago(20) }];
    await file.keep({ missed: [], seen }, Date.now());
    await told(/! late/);
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../../src/dkron/shapes.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob, anExecution } from '../support/jobs.ts';
import { demoServer } from '../support/servers.ts';
import { run } from './run.ts';

const aRun = (id: string, minute: number, fields: Partial<Execution>) =>
  anExecution({ ...{ id, job_name: 'a' }, started_at: `2026-11-21T14:0${minute}:00Z`, ...fields });

const output = (time: string, words: string): string => `${time} start\nall\n${words}\n`;

/** Newest first. */
const runs = [
  aRun('bad2', 3, { success: false, output: output('14:03:00', 'boom') }),
  aRun('bad', 2, { success: false, output: output('14:02:00', 'boom'), node_name: 'n2' }),
  aRun('good', 1, { output: output('14:01:00', 'done') }),
];

async function compare(list: readonly Execution[], ...argv: string[]) {
  const asked: string[] = [];
  const { url } = await serve(({ path }) => {
    asked.push(path);
    const [, id] = /\/executions\/(.+)$/.exec(path) ?? [];
    if (id !== undefined) return json(list.find((one) => one.id === id));
    if (path.includes('/executions'))
      return json(list.map((one) => ({ ...one, output: '', output_truncated: true })));
    if (path.startsWith('/v1/jobs/')) return json(aJob({ name: 'a' }));
    if (path.startsWith('/v1/jobs')) return json([aJob({ name: 'a' })]);
    return json({ agent: { name: 'n1', version: '4.1.2' }, serf: {}, tags: {} });
  });
  const ran = await run(['compare-runs', 'a', ...argv, '--url', url]);
  return { ...ran, asked };
}

describe('compare-runs', () => {
  it('compares the newest failed run with the last good one, and ends with 3 as they differ', async () => {
    const { code, stdout, stderr, asked } = await compare(runs);
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toMatch(/older: ✓ success +newer: ✗ failed/);
    expect(stdout).toMatch(/started +2026-11-21T14:01:00Z +2026-11-21T14:03:00Z/);
    expect(stdout).toContain('≈ 14:03:00 start\n  all\n− done\n+ boom\n');
    // Only two outputs are read whole.
    expect(asked.filter((path) => /executions\/./.test(path))).toHaveLength(2);
    expect(asked.filter((path) => /executions\?/.test(path))).toEqual([
      expect.stringContaining('output_size_limit=0'),
    ]);
  });

  it('compares any two in the order in which they began, and ends with 0 where nothing differs', async () => {
    const { code, stdout } = await compare(runs, 'bad2', 'bad');
    expect(code).toBe(0);
    expect(stdout).toMatch(/started +2026-11-21T14:02:00Z +2026-11-21T14:03:00Z/);
    expect(stdout).toContain('the same but for times, ids or numbers in 1 line');
  });

  it('tells it as JSON', async () => {
    const { code, stdout } = await compare(runs, 'bad', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      job: 'a',
      older: { id: 'good', node: 'n1', success: true, lines: 3, notes: [] },
      newer: { id: 'bad', node: 'n2', success: false, started: '2026-11-21T14:02:00.000Z' },
      definition: { kind: 'unread', changes: [] },
      output: {
        ...{ differs: true, places: 1, removed: 1, added: 1, alike: 1, rough: false },
        first: { older: 3, newer: 3 },
        rows: [
          { sign: '≈', text: '14:02:00 start' },
          { sign: ' ', text: 'all' },
          { sign: '−', text: 'done' },
          { sign: '+', text: 'boom' },
        ],
      },
    });
  });

  it('tells of the definition what is known, of a cluster that is', async () => {
    const demo = await demoServer();
    onTestFinished(() => demo.stop());
    const compared = () => run(['compare-runs', 'keolis-realtime', '--url', demo.url]);
    expect((await compared()).stdout).toContain('not known: no snapshot or journal is surely of');
    await run(['backup', '--url', demo.url]);
    expect((await compared()).stdout).toContain('not known by snapshot or journal before 20');
  });

  it.each([
    ['none failed', [runs[2]!], [], 'none of the 1 runs that Dkron keeps failed'],
    ['none went well', runs.slice(0, 2), [], 'none went well'],
    ['there is none', [], [], 'there is no run'],
    ['it is gone', runs, ['x'], 'Dkron does not keep this run any more'],
    ['one of two is gone', runs, ['bad', 'x'], 'job a has no execution x'],
  ] as const)('says why there is nothing to compare: %s', async (_, list, argv, why) => {
    const { code, stdout, stderr } = await compare(list, ...argv);
    expect(code).not.toBe(3);
    expect(code).not.toBe(0);
    expect([stdout, stderr]).toEqual(['', expect.stringContaining(why)]);
  });
});

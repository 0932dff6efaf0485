import { describe, expect, it, onTestFinished } from 'vitest';
import { createJobEffects } from '../../../src/console/effects/jobs.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { json, type Scripted, serve } from '../../dkron/scripted.ts';
import { doorOf } from '../../support/door.ts';
import { aJob } from '../../support/jobs.ts';
import { keepsNothing } from '../../support/journal.ts';
import { keepsNoPlan } from '../../support/unfinished.ts';

const attempt = (job: string, number: number, success: boolean, node = 'n1') => ({
  id: `${job}-${node}-${number}`,
  job_name: job,
  started_at: '2026-11-23T07:00:00Z',
  finished_at: '2026-11-23T07:00:01Z',
  success,
  output: '',
  node_name: node,
  group: 1,
  attempt: number,
});

/** What is told when these jobs are run, each with the executions that its run leaves, newest first. */
async function running(runs: Readonly<Record<string, readonly object[]>>) {
  const ran = new Set<string>();
  const server = await serve(({ method, path }) => {
    const name = /^\/v1\/jobs\/([^/?]+)/.exec(path)?.[1] ?? '';
    if (method === 'POST') ran.add(name);
    if (path.includes('/executions')) return json(ran.has(name) ? runs[name] : []);
    return path === '/v1/busy' ? json([]) : json({ name });
  });
  const client = createClient({ url: server.url });
  onTestFinished(() => client.close());
  const messages: Message[] = [];
  const jobEffects = createJobEffects({
    door: doorOf(client),
    keep: keepsNothing,
    unfinished: keepsNoPlan,
    dispatch: (message) => messages.push(message),
    refresh: () => undefined,
  });
  await jobEffects.run(Object.keys(runs));
  return messages.at(-1);
}

describe('the end of a run', () => {
  it.each([
    ['that went well', [attempt('a', 1, true)], 'ok', 'a: finished (l shows the output)'],
    [
      'that failed, though Dkron answered that it was run',
      [attempt('a', 1, false)],
      'error',
      'a: ran, but failed on n1 (l shows the output)',
    ],
    [
      'that went well at its second try',
      [attempt('a', 2, true), attempt('a', 1, false)],
      'ok',
      'a: finished (l shows the output)',
    ],
    [
      'that failed on one of two nodes',
      [attempt('a', 1, true), attempt('a', 1, false, 'n2')],
      'error',
      'a: ran, but failed on n2 (l shows the output)',
    ],
  ])('%s', async (_, executions, level, text) => {
    expect(await running({ a: executions })).toEqual({ type: 'flash', flash: { level, text } });
  });

  it('of many names those that failed', async () => {
    const runs = { a: [attempt('a', 1, true)], b: [attempt('b', 1, false)] };
    expect(await running(runs)).toEqual({
      type: 'flash',
      flash: {
        level: 'error',
        text: '1 job finished, 1 job ran, but failed on n1 (l shows the output) · b: ran, but failed on n1',
      },
    });
  });
});

describe('a run that did not begin', () => {
  /** What is told when a server answers this to all that is asked of it. */
  async function refusedBy(answer: (method: string, path: string) => Scripted) {
    const server = await serve(({ method, path }) => answer(method, path));
    const client = createClient({ url: server.url });
    onTestFinished(() => client.close());
    const messages: Message[] = [];
    const jobEffects = createJobEffects({
      door: doorOf(client),
      keep: keepsNothing,
      unfinished: keepsNoPlan,
      dispatch: (message) => messages.push(message),
      refresh: () => undefined,
    });
    await jobEffects.run(['a']);
    const asked = server.came.filter(({ method }) => method === 'POST').length;
    return { asked, last: messages.at(-1) };
  }
  const refused = (text: string) => ({
    type: 'flash',
    flash: { level: 'error', text: expect.stringMatching(text) },
  });

  it('because the executions cannot be read before is refused, and nothing was sent', async () => {
    const { asked, last } = await refusedBy(() => ({ status: 404 }));
    expect(asked).toBe(0);
    expect(last).toEqual(refused('^a: not run'));
  });

  it('because Dkron refuses it is refused, and nobody waits for its end', async () => {
    const { asked, last } = await refusedBy((method, path) => {
      if (method === 'POST') return { status: 404 };
      if (path === '/v1/leader') return json({ Name: 'n1', Addr: '127.0.0.1', Port: 1, Status: 1 });
      return path.includes('/executions') ? json([]) : json(aJob({ name: 'a', disabled: true }));
    });
    expect(asked).toBe(1);
    expect(last).toEqual(refused('^a: not run.* is disabled'));
  });
});

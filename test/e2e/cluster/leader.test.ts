/** The leader of three nodes is killed, or does nothing any more, while something is changed. */
import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import type { ClusterNode } from '../../support/cluster.ts';
import { counted } from '../../support/counted-server.ts';
import { realDkrons } from '../../support/dkron.ts';
import { change, faultProxy, type Stage } from '../../support/fault-proxy.ts';
import { aDefinition } from '../../support/jobs.ts';
import { ask } from '../../support/servers.ts';
import { type Console, openConsole } from '../driver/console.ts';
import { watchHeader } from '../driver/header.ts';
import { sharedCluster } from '../driver/shared.ts';

const often = { args: ['--refresh', '0.5'] };
const patience = { timeout: 30_000, interval: 200 };

const written = /written and verified/;
const notKnown = /may or may not have been carried out|not known/;
const notDone = /not written|[Nn]othing was (sent|changed|written)/;

describe.skipIf(realDkrons().length === 0)('a leader that is lost during a save', () => {
  it.each<['follower' | 'leader', NodeJS.Signals, Stage]>([
    ['follower', 'SIGKILL', 'before'],
    ['leader', 'SIGKILL', 'answered'],
    ['leader', 'SIGSTOP', 'before'],
  ])('seen from the %s, by %s, %s', async (place, signal, stage) => {
    const [leader, follower, other] = (await sharedCluster()) as [
      ClusterNode,
      ClusterNode,
      ClusterNode,
    ];
    await ask(`${leader.url}/v1/jobs`, 'POST', aDefinition({ name: 'zones' }));
    const job = async ({ url }: ClusterNode) => ask<Job>(`${url}/v1/jobs/zones`);
    await vi.waitFor(() => job(follower), patience);
    const far = await counted(place === 'leader' ? leader.url : follower.url);
    const line = await faultProxy(far.url);
    const on = await openConsole(line, { ...often, patience: 60_000 });
    await on.schedule.open();
    await on.schedule.retype('@every 7h');
    const header = watchHeader(on, line);

    const struck = line.breakAt(change, { kind: 'hold' }, stage);
    on.send('\r');
    await struck;
    process.kill(-leader.pid, signal);
    const lost = Date.now();
    // As a service does that is forwarded: another pod.
    const spare = await counted(follower.url);
    if (place === 'leader') line.turnTo(spare.url, { cut: true });
    await line.mend();

    await on.until(() => told(on) !== null, 'what became of the save');
    const said = told(on);
    console.log(`${place} ${signal} ${stage}: ${said} after ${Date.now() - lost} ms`);
    await vi.waitFor(async () => {
      const { Name } = await ask<{ Name: string }>(`${other.url}/v1/leader`);
      expect(Name).not.toBe(leader.name);
    }, patience);
    console.log(`elected after ${Date.now() - lost} ms`);
    await on.sees(/Dkron .* live · /);
    console.log(`live after ${Date.now() - lost} ms`);
    const happened = (await job(other)).schedule === '@every 7h';
    if (happened) expect(said).not.toBe('not done');
    else expect(said).not.toBe('written');
    if (said !== 'written') await on.schedule.reads('@every 7h');
    const sent = [...far.changes(), ...spare.changes()];
    expect(sent).toEqual(sent.slice(0, 1));
    header.told();
  });
});

function told(on: Console): 'written' | 'not known' | 'not done' | null {
  const text = on.text();
  if (written.test(text)) return 'written';
  if (notKnown.test(text)) return 'not known';
  return notDone.test(text) ? 'not done' : null;
}

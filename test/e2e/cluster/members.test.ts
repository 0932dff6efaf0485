/** The cluster's screen: who leads, who failed, and a node that is paused. */
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { realDkrons } from '../../support/dkron.ts';
import { ask } from '../../support/servers.ts';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';
import { sharedCluster } from '../driver/shared.ts';

describe('one node', () => {
  const server = demo([{ name: 'zones', schedule: '@every 24h' }]);

  it('is paused and unpaused from its screen, and the header says so', async () => {
    const on = await openConsole(server);
    await on.press('C');
    await on.sees(
      'Cluster  1 server',
      'server, leader, you are here',
      'it accepts new and changed',
    );
    await on.press('P');
    await on.confirm(/Jobs go on by their\s+schedules/);
    await on.sees('accepts no changes', 'yes: it refuses new and changed jobs');
    expect(await ask(`${server.url}/v1/pause`)).toEqual({ paused: true });
    await on.press('P');
    await on.confirm('Unpause the node');
    await on.loses('accepts no changes');
    expect(await ask(`${server.url}/v1/pause`)).toEqual({ paused: false });
    await on.quit(2);
  });
});

describe.skipIf(realDkrons().length === 0)('three nodes', () => {
  it('are told by a follower, also when their leader is killed', async () => {
    const [leader, follower] = await sharedCluster();
    const on = await openConsole(follower!, { args: ['--refresh', '0.5'], patience: 60_000 });
    await on.press('C');
    await on.sees(`3 servers, 0 agents · leader ${leader!.name}`);
    await on.sees(new RegExp(`${follower!.name} +✓ alive +server, you are here`));
    process.kill(-leader!.pid, 'SIGKILL');
    await on.sees(new RegExp(`${leader!.name} +✗ failed +server`), `! failed: ${leader!.name}`);
    await on.loses(`leader ${leader!.name}`);
    await on.sees(/agents · leader n\d/);
  });
});

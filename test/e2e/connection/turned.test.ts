/** A console whose line is turned to another cluster, and back. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { counted } from '../../support/counted-server.ts';
import { change, faultProxy } from '../../support/fault-proxy.ts';
import { aDefinition } from '../../support/jobs.ts';
import { ask, demoServer } from '../../support/servers.ts';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';

async function cluster(name: string) {
  const { url, stop } = await demoServer({ empty: true, name });
  onTestFinished(stop);
  for (const job of ['fares', 'zones'])
    await ask(`${url}/v1/jobs`, 'POST', aDefinition({ name: job }));
  return { ...(await counted(url)), zones: () => ask<Job>(`${url}/v1/jobs/zones`) };
}

/** A console on the first of two clusters, with a schedule of a job that both have typed in it. */
async function typing() {
  const [a, b] = [await cluster('f1'), await cluster('demo-b')];
  const line = await faultProxy(a.url);
  const env = { XDG_STATE_HOME: folder(), XDG_DATA_HOME: folder() };
  const open = () => openConsole(line, { args: ['--refresh', '0.5'], env });
  const on = await open();
  await on.jobs.goTo('zones');
  await on.schedule.open();
  await on.schedule.retype('@every 7h');
  return { a, b, line, on, open };
}

const another = 'ANOTHER CLUSTER answers';

describe('a line that is turned to another cluster', () => {
  it('is told of; nothing is written there, and all goes on when it is turned back', async () => {
    const { a, b, line, on } = await typing();
    line.turnTo(b.url, { cut: true });
    await on.sees(another);
    on.send('\r');
    await on.sees(/nothing is written: another cluster answers/i);
    await on.schedule.reads('@every 7h');
    line.turnTo(a.url, { cut: true });
    await on.loses(another);
    await on.sees('live · ');
    await on.schedule.reads('@every 7h');
    await on.schedule.save();
    expect(a.changes()).toEqual(['POST /v1/jobs']);
    expect(b.changes()).toEqual([]);
  });

  it('shows the other when it is told to; drafts stay with the first', async () => {
    const { a, b, line, on, open } = await typing();
    await on.schedule.leave();
    line.turnTo(b.url, { cut: true });
    await on.sees(another);
    await on.press('C');
    await on.confirm('Show demo-b in place of');
    await on.loses(another);
    await on.sees('demo-b', 'live · ');
    await on.jobs.goTo('zones');
    await on.schedule.open();
    await on.seesNot('your draft');
    await on.schedule.reads('@every 24h');
    await on.press('esc');
    on.send('\x03');
    await on.endsWith(0);

    line.turnTo(a.url, { cut: true });
    const again = await open();
    await again.jobs.goTo('zones');
    await again.schedule.open();
    await again.sees('your draft of');
    await again.schedule.reads('@every 7h');
    expect([...a.changes(), ...b.changes()]).toEqual([]);
  });

  it('gets nothing of a save that was on its way', async () => {
    const { a, b, line, on } = await typing();
    const struck = line.breakAt(change, { kind: 'hold' }, 'before');
    on.send('\r');
    await struck;
    line.turnTo(b.url, { cut: true });
    await line.mend();
    await on.sees(another);
    // What the other has of it tells nothing: the right one is waited for.
    await on.sees('waiting up to 30 s');
    line.turnTo(a.url, { cut: true });
    await on.sees(/not known|may or may not/);
    await on.schedule.reads('@every 7h');
    expect([...a.changes(), ...b.changes()]).toEqual([]);
    expect(await b.zones()).toMatchObject({ schedule: '@every 24h' });
  });
});

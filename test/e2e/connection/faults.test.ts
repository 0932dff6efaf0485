import { describe, expect, it } from 'vitest';
import { counted } from '../../support/counted-server.ts';
import type { Sight } from '../../support/emulator.ts';
import { change, type Fault, faultProxy, type Stage } from '../../support/fault-proxy.ts';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { watchHeader } from '../driver/header.ts';
import { demo } from '../driver/server.ts';

const server = demo([]);
const often = { args: ['--refresh', '0.5'] };

const faults: readonly [Fault, says: Sight][] = [
  [{ kind: 'refuse' }, 'connection refused'],
  [{ kind: 'reset' }, /stale .* (reset|closed)/],
  [{ kind: 'half-close' }, /stale .* closed/],
  [{ kind: 'black-hole' }, /stale .* no answer/],
  [{ kind: 'hold' }, /stale .* no answer/],
  [{ kind: 'drip', bytes: 1, everyMs: 100 }, /stale .* (no answer|too slowly)/],
  [{ kind: 'cut', after: 400 }, /stale .* closed/],
  [{ kind: 'corrupt', every: 11 }, /stale .* not in HTTP/],
];

describe('a line that breaks while one types', () => {
  it.each(faults)('%o: is told of, loses nothing, and is back by itself', async (fault, says) => {
    await server.put({ name: 'zones' });
    const far = await counted(server.url);
    const line = await faultProxy(far.url);
    const on = await openConsole(line, often);
    await on.jobs.goTo('zones');
    await on.schedule.open();
    await on.schedule.retype('@every 7h');
    const header = watchHeader(on, line);

    await line.break(fault);
    await on.sees(says);
    await on.schedule.reads('@every 7h');
    const news = `news-${fault.kind}`;
    await server.put({ name: news });
    const mended = Date.now();
    await line.mend();
    await on.sees('live · ', news);
    console.log(`back after ${fault.kind}: ${Date.now() - mended} ms`);

    await on.schedule.reads('@every 7h');
    await on.schedule.save();
    header.told();
    expect(far.changes()).toEqual(['POST /v1/jobs']);
    expect(await server.job('zones')).toMatchObject({ schedule: '@every 7h' });
  });
});

it('a line that is slow is told of, and is quick again when it is asked', async () => {
  const line = await faultProxy(server.url);
  const on = await openConsole(line, often);
  const header = watchHeader(on, line);
  await line.break({ kind: 'delay', ms: 1_800 });
  await on.sees('slow · ');
  await line.mend();
  on.send('\x12');
  await on.sees('live · ');
  header.told();
});

describe('a save whose line breaks', () => {
  it.each<[Stage, Fault, happened: boolean]>([
    ['before', { kind: 'reset' }, false],
    ['before', { kind: 'hold' }, true],
    ['half', { kind: 'black-hole' }, false],
    ['answered', { kind: 'refuse' }, true],
    ['answered', { kind: 'black-hole' }, true],
    ['answered', { kind: 'corrupt', every: 7 }, true],
  ])('%s %o: is sent once, and told as what it is', async (stage, fault, happened) => {
    await server.put({ name: 'zones' });
    const far = await counted(server.url);
    const line = await faultProxy(far.url);
    const on = await openConsole(line, often);
    await on.jobs.goTo('zones');
    await on.schedule.open();
    await on.schedule.retype('@every 7h');
    const header = watchHeader(on, line);

    const struck = line.breakAt(change, fault, stage);
    on.send('\r');
    await struck;
    await line.mend();
    if (fault.kind === 'black-hole') line.cut();
    if (!happened) {
      await on.sees('it may or may not have been carried out');
      expect(far.changes()).toEqual([]);
      await on.schedule.reads('@every 7h');
      on.send('\r');
    }
    await on.told('written and verified');
    expect(far.changes()).toEqual(['POST /v1/jobs']);
    await on.sees('live · ');
    header.told();
  });

  it('keeps what was typed over a kill -9', async () => {
    await server.put({ name: 'zones' });
    const line = await faultProxy(server.url);
    const env = { XDG_STATE_HOME: folder() };
    const killed = await openConsole(line, { ...often, env });
    await killed.jobs.goTo('zones');
    await killed.schedule.open();
    await killed.schedule.retype('@every 9h');
    const struck = line.breakAt(change, { kind: 'refuse' }, 'before');
    killed.send('\r');
    await struck;
    killed.signal('SIGKILL');
    expect((await killed.ended()).status).toBe(137);

    await line.mend();
    const on = await openConsole(line, { env });
    await on.jobs.goTo('zones');
    await on.schedule.open();
    await on.sees('your draft of');
    await on.schedule.reads('@every 9h');
    expect(await server.job('zones')).toMatchObject({ schedule: '@every 24h' });
  });
});

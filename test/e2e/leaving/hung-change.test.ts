import { describe, expect, it } from 'vitest';
import { change, faultProxy } from '../../support/fault-proxy.ts';
import { type Console, openConsole } from '../driver/console.ts';
import { outcomesOf } from '../driver/journal.ts';
import { demo } from '../driver/server.ts';

const server = demo([]);

describe('a console whose change hangs at a server that answers no more', () => {
  /** The console, its line, and when that has come to hang. */
  async function opened() {
    await server.put({ name: 'zones', schedule: '@every 7h' });
    const line = await faultProxy(server.url);
    const hangs = line.breakAt(change, { kind: 'black-hole' }, 'before');
    return { on: await openConsole(line), line, hangs };
  }

  async function disabling() {
    const { on, line, hangs } = await opened();
    await on.jobs.toggle();
    await on.confirm('Disable zones');
    await hangs;
    return { on, line };
  }

  it.each([
    ['ctrl-c', (on: Console) => on.send('\x03'), 0],
    ['q', (on: Console) => on.send('q'), 0],
    ['SIGTERM', (on: Console) => on.signal('SIGTERM'), 143],
    ['SIGQUIT', (on: Console) => on.signal('SIGQUIT'), 131],
  ])(
    'waits a few seconds on %s, says for what, and what is not known',
    async (_, leave, status) => {
      const { on, line } = await disabling();
      leave(on);
      await on.sees('waiting for the answer to zones, 5 s at most; ctrl-c again');
      expect(on.alternate()).toBe(false);
      await on.endsWith(status);
      expect(on.text()).toContain('zones: sent, but no answer came: it may have been done');
      expect(await outcomesOf(on, line)).toEqual(['unknown']);
    },
  );

  it('ends at once on a second Ctrl-C, and says that it may have happened', async () => {
    const { on, line } = await disabling();
    on.send('\x03');
    await on.sees('waiting for the answer to zones');
    on.send('\x03');
    await on.endsWith(130);
    expect(on.text()).toContain('quit without waiting: the last change may have been made');
    expect(await outcomesOf(on, line)).toEqual([null]);
  });

  it('ends from the schedule editor, too', async () => {
    const { on, line, hangs } = await opened();
    await on.schedule.open();
    await on.schedule.retype('@every 9h');
    on.send('\r');
    await hangs;
    on.send('\x03');
    await on.endsWith(0);
    expect(await outcomesOf(on, line)).toEqual(['unknown']);
  });
});

it('a console that is left right after a change ends', async () => {
  await server.put({ name: 'zones', schedule: '@every 7h' });
  const on = await openConsole(server);
  await on.jobs.toggle();
  await on.confirm('Disable zones');
  on.send('\x03');
  expect(await on.ended()).toMatchObject({ left: [] });
});

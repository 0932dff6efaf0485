import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';
import { family } from './family.ts';

const server = demo(family);
const refusal = 'READ-ONLY: nothing is written here';

describe('a read-only console', () => {
  it('refuses to change anything, also what another console left to undo', async () => {
    const env = { XDG_STATE_HOME: folder() };
    const writer = await openConsole(server, { env });
    await writer.jobs.goTo('zones');
    await writer.schedule.change('@every 12h');
    await writer.close();

    const before = await server.jobs();
    const on = await openConsole(server, { env, args: ['--read-only'] });
    await on.sees('READ-ONLY');
    await on.jobs.goTo('zones');
    for (const key of ['i', 's', 't', 'u', 'ctrl-d']) {
      await on.press(key);
      await on.told(refusal);
      await on.press('k', 'j');
      await on.seesNot(refusal);
    }
    await on.journal.open();
    await on.journal.choose();
    await on.plan.changes('schedule', '@every 12h', '0 */15 6-22');
    await on.press('enter');
    await on.told(refusal);
    await on.answer('y');
    expect(await server.jobs()).toEqual(before);
    expect(await server.runs('zones')).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'zones', schedule: '0 */15 * * * *' }]);

describe('a console that is killed while one types', () => {
  it('has kept what was typed, and another offers it', async () => {
    const state = folder();
    const env = { XDG_STATE_HOME: state };
    const killed = await openConsole(server, { env });
    await killed.schedule.open();
    await killed.schedule.retype('0 0 5');
    await vi.waitFor(() => expect(draftIn(state)).toContain('0 0 5'));
    killed.send(' * * *');
    killed.signal('SIGKILL');
    expect((await killed.ended()).status).toBe(137);

    const on = await openConsole(server, { env });
    await on.schedule.open();
    await on.sees('your draft of');
    expect(on.schedule.text()).toMatch(/^0 0 5/);
    expect(await server.job('zones')).toMatchObject({ schedule: '0 */15 * * * *' });
  });
});

/** The draft on the disk; a name with a dot is one that is still being written. */
function draftIn(state: string): string {
  const [file] = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /drafts\/[^./][^/]*$/.test(path),
  );
  return file === undefined ? '' : readFileSync(join(state, file), 'utf8');
}

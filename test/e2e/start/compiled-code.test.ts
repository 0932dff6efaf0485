import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const below = (cache: string) => join(cache, 'dkron-tui', 'compiled');

describe('compiled code', () => {
  it("is kept in a folder of the user's own, also by a console that is killed", async () => {
    const on = await openConsole(server);
    const kept = below(join(on.home, '.cache'));
    const files = () => readdirSync(kept, { recursive: true }).length;
    await expect.poll(files, { timeout: 15_000 }).toBeGreaterThan(1);
    for (const path of [kept, join(kept, '..')]) expect(statSync(path).mode & 0o777).toBe(0o700);
    on.signal('SIGKILL');
    await on.ended();
    expect(files()).toBeGreaterThan(1);
  });

  it('goes where NODE_COMPILE_CACHE says, or nowhere', async () => {
    const on = await openConsole(server, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } });
    await on.quit();
    expect(existsSync(below(join(on.home, '.cache')))).toBe(false);
  });

  it('is neither read nor written in a folder that others can write', async () => {
    const cache = folder();
    const shared = below(cache);
    mkdirSync(shared, { recursive: true });
    chmodSync(shared, 0o777);
    const on = await openConsole(server, { env: { XDG_CACHE_HOME: cache } });
    await on.quit();
    expect(readdirSync(shared)).toEqual([]);
  });
});

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { closeScreens, type Screen, type ScreenOptions, startScreen } from '../support/screen.ts';
import { demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.stop());
afterEach(closeScreens);

async function open(options: ScreenOptions = {}): Promise<Screen> {
  const screen = await startScreen({ args: ['--url', server.url], ...options });
  await screen.waitFor('live');
  return screen;
}

/** Another console of the same operator. */
const again = (screen: Screen, env: Record<string, string>): Promise<Screen> =>
  open({ env: { HOME: screen.home, ...env } });

describe('what was saved in the editor', () => {
  it.each(['SIGHUP', 'SIGKILL'] as const)('is there again after %s', async (signal) => {
    const hang = `sh -c 'sed -i "s/^owner: .*/owner: typed-and-saved/" "$0"; echo saved; sleep 60'`;
    const screen = await open({ env: { EDITOR: hang } });
    await screen.press('e');
    await screen.waitFor('saved');
    screen.signal(signal);
    await screen.ended();

    const next = await again(screen, { EDITOR: `sh -c 'sleep 1.1'` });
    await next.press('e');
    await next.waitFor('typed-and-saved');
    await next.waitFor(/this is your draft of \d+s ago/);
  });

  it('leaves nothing in the temporary folder', async () => {
    const screen = await open({
      env: { EDITOR: `sh -c 'sed -i "s/^owner: .*/owner: bob/" "$0"'` },
    });
    const temporary = join(screen.home, 'tmp');
    mkdirSync(temporary);
    const next = await again(screen, {
      TMPDIR: temporary,
      EDITOR: `sh -c 'sed -i "s/^owner: .*/owner: bob/" "$0"'`,
    });
    await next.press('e');
    await next.waitFor('bob');
    expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  });
});

it('what cannot be read among the drafts is named, and the console is there', async () => {
  const first = await open();
  const drafts = placesBelow('', join(first.home, '.local', 'state')).drafts(server.url);
  mkdirSync(join(drafts, 'a folder'), { recursive: true });
  writeFileSync(join(drafts, '100%.bak'), '');
  const screen = await again(first, {});
  await screen.waitFor('passed over among the drafts');
  await screen.press('j');
  await screen.waitFor('live');
});

it('the demo keeps what it keeps apart from the operator’s, and only while it lasts', async () => {
  const screen = await startScreen({ args: ['--demo'] });
  const temporary = join(screen.home, 'tmp');
  mkdirSync(temporary);
  const demo = await startScreen({
    args: ['--demo'],
    env: { HOME: screen.home, TMPDIR: temporary },
  });
  await demo.waitFor('live');
  await demo.press('S');
  await demo.waitFor('jobs saved to');
  expect(readdirSync(temporary)).toContainEqual(expect.stringMatching(/^dkron-tui-demo-/));
  await demo.press('q');
  await demo.ended();
  expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  expect(readdirSync(screen.home, { recursive: true }).map(String)).not.toContainEqual(
    expect.stringMatching(/snapshots|journal|drafts/),
  );
});

import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeScreens, startScreen } from '../support/screen.ts';
import { demoServer, type RunningServer } from '../support/servers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.stop());
afterEach(closeScreens);

/** Runs before the program. */
const before = (script: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
});

/** The pseudo-terminal gives TERM its own name: another is put in its place. */
function open({ TERM, ...env }: Readonly<Record<string, string>>) {
  const named = TERM === undefined ? {} : before(`process.env.TERM = ${JSON.stringify(TERM)}`);
  return startScreen({ args: ['--url', server.url], env: { COLORTERM: '', ...named, ...env } });
}

describe('the console is a usable screen', () => {
  it.each([
    [{ CI: '1' }],
    [{ FORCE_COLOR: '0' }],
    [{ NO_COLOR: '1' }],
    [{ INK_SCREEN_READER: 'true' }],
    [{ TERM: 'foot-extra' }],
    [{ TERM: '' }],
    [{ TERM: 'vt100' }],
  ])('with %j: rows are where they are, the chosen one is marked and reversed', async (env) => {
    const screen = await open(env);
    await screen.waitFor('live');
    await screen.press('j');
    const row = screen.rowOf('▌');
    expect(screen.line(row)).toMatch(/^▌ +bornes-izivia/);
    expect(screen.cell(5, row)?.isInverse()).toBeTruthy();
    await screen.press('?', 'down', 'down');
    expect(screen.text()).toMatch(/^▌/m);
  });
});

it('a terminal that can show no screen gets a sentence', async () => {
  const screen = await open({ TERM: 'dumb' });
  expect(await screen.ended()).toEqual({ status: 2, left: [] });
  expect(screen.text()).toContain('TERM=dumb cannot');
});

it('a terminal without a size is taken for one of 80 columns and 24 rows', async () => {
  const screen = await startScreen({
    args: ['--url', server.url],
    env: before('process.stdout.columns = 0; process.stdout.rows = 0;'),
  });
  await screen.waitFor('live');
  expect(screen.line(0)).toMatch(/live · \d+s$/);
  expect(screen.line(0)).toHaveLength(79);
});

describe('compiled code', () => {
  const caches = (home: string) => join(home, '.cache', 'dkron-tui', 'compiled');

  it("is kept in a folder of the user's own, also by a console that is killed", async () => {
    const screen = await open({});
    await screen.waitFor('live');
    const folder = caches(screen.home);
    const files = () => readdirSync(folder, { recursive: true }).length;
    await expect.poll(files, { timeout: 15_000 }).toBeGreaterThan(1);
    for (const path of [folder, join(folder, '..')])
      expect(statSync(path).mode & 0o777).toBe(0o700);
    screen.signal('SIGKILL');
    await screen.ended();
    expect(files()).toBeGreaterThan(1);
  });

  it('goes where NODE_COMPILE_CACHE says, or nowhere', async () => {
    const screen = await open({ NODE_DISABLE_COMPILE_CACHE: '1' });
    await screen.waitFor('live');
    await screen.press('q');
    await screen.ended();
    expect(existsSync(caches(screen.home))).toBe(false);
  });

  it('is neither read nor written in a folder that others can write', async () => {
    const home = (await open({})).home;
    const folder = join(home, 'shared', 'dkron-tui', 'compiled');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    const screen = await open({ XDG_CACHE_HOME: join(home, 'shared') });
    await screen.waitFor('live');
    await screen.press('q');
    expect(await screen.ended()).toEqual({ status: 0, left: [] });
    expect(readdirSync(folder)).toEqual([]);
  });
});

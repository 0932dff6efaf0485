import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const below = (cache: string) => join(cache, 'dkron-tui', 'compiled');
const whole = (path: string) => readdirSync(path).filter((name) => !name.endsWith('.part'));

/** As of an operator who says nothing about it. */
const atHome = { XDG_CACHE_HOME: '' };

/** What comes first, the program, its screen, and what is loaded when its rows are shown. */
const ofStart = ['console', 'console.first', 'console.ink', 'console.screen'];
const scriptOf = (file: string) => file.split('-').at(-1)!;

/** The folder in which a console kept what it was compiled to, and that console, killed since. */
async function killedOne(env: Record<string, string>) {
  const on = await openConsole(server, { env });
  const kept = below(env['XDG_CACHE_HOME'] || join(on.home, '.cache'));
  const files = () => (existsSync(kept) ? whole(kept) : []);
  const scripts = () => files().map(scriptOf);
  await expect.poll(scripts, { timeout: 15_000 }).toEqual(expect.arrayContaining(ofStart));
  on.signal('SIGKILL');
  await on.ended();
  const paths = files()
    .sort()
    .map((name) => join(kept, name));
  return { kept, paths, path: paths[0]! };
}

describe('compiled code', () => {
  it("is kept in a folder of the user's own, also by a console that is killed", async () => {
    const { kept, paths } = await killedOne(atHome);
    // What is asked beside the keys may have been loaded by then, and is kept too.
    const asked = [...ofStart, 'console.others'];
    expect(paths.map(scriptOf).filter((script) => !asked.includes(script))).toEqual([]);
    for (const folder of [kept, join(kept, '..')])
      expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of paths) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is taken by the next console, which writes none', async () => {
    const env = { XDG_CACHE_HOME: folder() };
    const { paths } = await killedOne(env);
    for (const file of paths) utimesSync(file, 1, 1);
    const on = await openConsole(server, { env });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await on.quit();
    for (const file of paths) expect(statSync(file).mtimeMs).toBe(1_000);
  });

  it('of what a command loads while it spares memory is kept as well, and taken', async () => {
    const [cache, snapshots] = [folder(), folder()];
    const backup = async () => {
      const args = ['backup', snapshots, '--skip-if-unchanged'];
      const on = await startConsole(server, { env: { XDG_CACHE_HOME: cache }, args });
      expect((await on.ended()).status).toBe(0);
    };
    const of = (script: string) => whole(below(cache)).filter((file) => scriptOf(file) === script);
    await backup();
    expect(of('backup')).toHaveLength(1);
    await backup();
    const [others] = of('backup.others');
    const path = join(below(cache), others!);
    utimesSync(path, 1, 1);
    await backup();
    expect(of('backup.others')).toEqual([others]);
    expect(statSync(path).mtimeMs).toBe(1_000);
  });

  it.each<[string, (kept: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['ends too early', (kept) => kept.subarray(0, kept.length / 4)],
    ['has a hole', (kept) => kept.fill(0, 4_096, 8_192)],
    ['has one other bit', (kept) => kept.fill(kept[70_000]! ^ 1, 70_000, 70_001)],
    ['is of something else', (kept) => kept.fill('x')],
  ])('that %s is made anew', async (_, harmed) => {
    const env = { XDG_CACHE_HOME: folder() };
    const { path } = await killedOne(env);
    const before = harmed(readFileSync(path));
    writeFileSync(path, before);
    const on = await openConsole(server, { env });
    await expect.poll(() => readFileSync(path).equals(before), { timeout: 15_000 }).toBe(false);
    await on.quit();
  });

  it('goes where NODE_COMPILE_CACHE says, or nowhere', async () => {
    const named = folder();
    const other = await openConsole(server, { env: { ...atHome, NODE_COMPILE_CACHE: named } });
    const files = () => readdirSync(named).filter((name) => name === 'dkron-tui');
    await expect.poll(files, { timeout: 15_000 }).toHaveLength(1);
    await other.quit();
    expect(existsSync(below(join(other.home, '.cache')))).toBe(false);
    const on = await openConsole(server, { env: { ...atHome, NODE_DISABLE_COMPILE_CACHE: '1' } });
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

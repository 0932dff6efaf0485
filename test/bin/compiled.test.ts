import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Kept {
  read(): Buffer | undefined;
  write(make: () => Buffer): Promise<void>;
}
const { openCompiled } = createRequire(import.meta.url)('../../bin/compiled.js') as {
  openCompiled(build: string, command: string): Kept;
};

let cache: string;
const folder = () => join(cache, 'dkron-tui', 'compiled');
const code = (text: string) => () => Buffer.from(text);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'compiled-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('NODE_COMPILE_CACHE', '');
  vi.stubEnv('NODE_DISABLE_COMPILE_CACHE', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

describe('what the bundle was compiled to', () => {
  it('is read as it was written, by the same build and command alone', async () => {
    const kept = openCompiled('a', 'jobs');
    expect(kept.read()).toBeUndefined();
    await kept.write(code('of jobs'));
    expect(openCompiled('a', 'jobs').read()).toEqual(Buffer.from('of jobs'));
    for (const other of [openCompiled('a', 'console'), openCompiled('b', 'jobs')])
      expect(other.read()).toBeUndefined();
  });

  it('is whole, however many write it at once', async () => {
    const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000 + at));
    await Promise.all(texts.map((text) => openCompiled('a', 'console').write(code(text))));
    expect(texts).toContain(openCompiled('a', 'console').read()?.toString());
    expect(readdirSync(folder())).toHaveLength(1);
  });

  it('is nothing when a byte of it is another', async () => {
    await openCompiled('a', 'console').write(code('0123456789'));
    const path = join(folder(), readdirSync(folder())[0]!);
    for (const at of [0, 5, 10, 19])
      for (const end of [at, at + 1]) {
        const bytes = Buffer.from('01234567890123456789');
        writeFileSync(path, end === at ? bytes.subarray(0, at) : bytes.fill('x', at, end));
        expect(openCompiled('a', 'console').read() ?? Buffer.alloc(0)).toHaveLength(0);
      }
  });

  it('of another version goes once nobody writes it any more', async () => {
    mkdirSync(join(folder(), 'v24-of-node'), { recursive: true });
    for (const name of ['old-x', 'new-x', 'a-y.1.part', 'a-z'])
      writeFileSync(join(folder(), name), '');
    for (const name of ['old-x', 'v24-of-node', 'a-y.1.part', 'a-z'])
      utimesSync(join(folder(), name), 1, 1);
    const kept = openCompiled('a', 'console');
    await kept.write(code('new'));
    expect(readdirSync(folder()).filter((name) => !/^a-.*-console$/.test(name))).toEqual([
      'a-z',
      'new-x',
    ]);
    expect(kept.read()).toEqual(Buffer.from('new'));
  });

  it('is not kept of a V8 that was told other flags meanwhile', async () => {
    const kept = openCompiled('a', 'console');
    // Another than commands tell it, whose tests run here as well.
    setFlagsFromString('--heap-growing-percent=77');
    await kept.write(code('x'));
    setFlagsFromString('--heap-growing-percent=0');
    expect(kept.read()).toBeUndefined();
  });
});

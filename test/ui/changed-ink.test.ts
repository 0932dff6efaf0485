import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inkWithoutPaint } from '../../scripts/plugins.ts';

/** Ink's files in a folder of ours, where they can be changed. */
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'dkron-tui-ink-'));
  const installed = fileURLToPath(new URL('.', import.meta.resolve('ink')));
  await cp(installed, join(copy, 'ink', 'build'), { recursive: true });
});
afterAll(() => rm(copy, { recursive: true }));

const bundled = (file: string) =>
  build({
    entryPoints: [join(copy, 'ink', 'build', file)],
    plugins: [inkWithoutPaint],
    bundle: true,
    packages: 'external',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });

it.each(['ink.js', 'renderer.js', 'log-update.js', 'reconciler.js'])(
  'a build ends where %s is not the one that was read, and says what to do',
  async (file) => {
    await bundled(file);
    await writeFile(join(copy, 'ink', 'build', file), '// new', { flag: 'a' });
    await expect(bundled(file)).rejects.toThrow(
      /has changed.*test\/ui.*scripts\/plugins\.ts: \w{64}/,
    );
  },
);

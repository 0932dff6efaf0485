/** Programs of the sources, for tests that start processes of their own. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { inkWithoutPaint } from '../../scripts/plugins.ts';

/** The path of a program that Node runs, until the tests of the file are over. */
export async function bundled(entry: URL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  afterAll(() => rm(folder, { recursive: true }));
  const program = join(folder, 'program.mjs');
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'es2024',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [inkWithoutPaint],
  });
  // Another user may run it.
  await chmod(folder, 0o755);
  return program;
}

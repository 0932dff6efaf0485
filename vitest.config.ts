import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';

// What a test keeps without saying where is not kept among the files of whoever runs it.
const home = mkdtempSync(join(tmpdir(), 'dkron-tui-test-home-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

/** These start servers and pseudo-terminals: one file at a time keeps a small machine honest. */
const starting = (name: string) => ({
  extends: true as const,
  test: {
    name,
    globalSetup: 'test/e2e/driver/shared.ts',
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});

export default defineConfig({
  test: {
    env: { TESTS_HOME: home },
    setupFiles: ['test/support/empty-home.ts'],
    // What fails on another machine is only known by its message: an answer's last words tell why.
    chaiConfig: { truncateThreshold: 4_000 },
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
    projects: [
      {
        extends: true,
        // React as the bundle has it: the one for development keeps a stack of each element.
        oxc: { jsx: { runtime: 'automatic', development: false } },
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/contract/**'],
          testTimeout: 20_000,
          env: { NODE_ENV: 'production' },
          // Modules keep nothing but what they remember of pure functions, so that files may share them.
          isolate: false,
        },
      },
      starting('contract'),
      starting('e2e'),
    ],
  },
});

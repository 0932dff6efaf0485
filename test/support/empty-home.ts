/**
 * Runs before each test file, and before each test: nothing is remembered of what others kept. The system gives a port
 * again, and a context's name may be another test's too.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach } from 'vitest';
import { ownHome } from './own-home.ts';

function empty(): void {
  // Most tests keep nothing, and to look costs much less than to make it anew.
  if (existsSync(ownHome) && readdirSync(ownHome).length === 0) return;
  // Of the last test something may still be written.
  rmSync(ownHome, { recursive: true, force: true, maxRetries: 9 });
  mkdirSync(ownHome, { recursive: true, mode: 0o700 });
}

empty();
for (const place of ['state', 'data', 'config'])
  process.env[`XDG_${place.toUpperCase()}_HOME`] = join(ownHome, place);
beforeEach(empty);

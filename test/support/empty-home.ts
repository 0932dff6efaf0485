/**
 * Runs before each test file: nothing is remembered of what others kept. The system gives a port again, and a
 * context's name may be another file's too.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ownHome } from './own-home.ts';

rmSync(ownHome, { recursive: true, force: true });
mkdirSync(ownHome, { recursive: true, mode: 0o700 });
for (const place of ['state', 'data', 'config'])
  process.env[`XDG_${place.toUpperCase()}_HOME`] = join(ownHome, place);

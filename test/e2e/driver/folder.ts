import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder on this machine, there until the test is finished. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dkron-tui-e2e-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Which faults the compiler would refuse: they never get as far as the tests. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';

/** Of files with a fault each, as path and text, the numbers of those that do not compile. */
export function refused(mutants: readonly { file: string; text: string }[]): Set<number> {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    for (const name of ['src', 'tsconfig.json', 'package.json'])
      cpSync(name, join(copy, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    for (const [at, { file, text }] of mutants.entries()) {
      const kind = extname(file);
      writeFileSync(join(copy, `${file.slice(0, -kind.length)}.fault${at}${kind}`), text);
    }
    const { stdout } = spawnSync('tsc', ['--pretty', 'false'], {
      cwd: copy,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    return new Set([...stdout.matchAll(/\.fault(\d+)\.tsx?\(/g)].map(([, at]) => Number(at)));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

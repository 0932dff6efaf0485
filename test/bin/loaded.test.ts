/** What is loaded for what, as the bundle is cut: by the parts that a part imports before it runs. */
import { basename } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle, scriptsOf } from '../../scripts/bundle.ts';

const { metafile } = await bundle('1.2.3', true);

/** The files of the part that begins with a file, and of all parts that it needs to run. */
function loadedBy(file: string): string[] {
  const { outputs } = metafile as Metafile;
  const first = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === file);
  const parts = new Set([first!]);
  for (const part of parts)
    for (const { path, kind } of outputs[part]!.imports)
      if (kind === 'import-statement' && path in outputs) parts.add(path);
  const inputs = [...parts].flatMap((part) => Object.entries(outputs[part]!.inputs));
  return inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
}

const screen = /^src\/(ui|console)\/|node_modules\/(ink|react|react-reconciler|yoga-layout)\//;

/** As the table of commands has them. */
const commands = metafile.inputs['src/cli/commands.ts']!.imports.flatMap(({ path, kind }) =>
  kind === 'dynamic-import' ? [path] : [],
);

describe('what is loaded', () => {
  it('is found', () => {
    expect(commands.length).toBeGreaterThan(25);
    expect(loadedBy('src/ui/open.tsx').filter((path) => screen.test(path))).not.toEqual([]);
  });

  it.each(['src/main.ts', ...commands])('for %s has nothing of the screen', (file) => {
    expect(loadedBy(file)).toContain(file);
    expect(loadedBy(file).filter((path) => screen.test(path))).toEqual([]);
  });

  it('for every start has no client, no library of shapes and no YAML', () => {
    const heavy = /node_modules\/(undici|zod|yaml|diff|cron-parser)\//;
    expect(loadedBy('src/main.ts').filter((path) => heavy.test(path))).toEqual([]);
  });

  it('for jobs has nothing of plans, snapshots, YAML and differences', () => {
    const other = /^src\/(plan|snapshot)\/|node_modules\/(yaml|diff|cron-parser)\//;
    expect(loadedBy('src/cli/jobs.ts').filter((path) => other.test(path))).toEqual([]);
  });

  it('of Node itself is required where it is used, and never imported', () => {
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.flatMap(({ path, kind, external }) =>
        external && kind === 'import-statement' ? [path] : [],
      ),
    );
    expect(imported).toEqual([]);
  });

  const scripts = scriptsOf(metafile);
  /** The files in the parts of some scripts. */
  const within = (...names: readonly string[]): string[] =>
    Object.entries(metafile.outputs).flatMap(([path, { inputs }]) =>
      names.includes(scripts.get(basename(path)) ?? '') ? Object.keys(inputs) : [],
    );

  it('before the first rows has nothing of Ink, and with Ink nothing else', () => {
    const ink = /node_modules\/(ink|react|react-reconciler|yoga-layout)\//;
    expect(within('dkron-tui', 'screen', 'others').filter((path) => ink.test(path))).toEqual([]);
    expect(within('ink').filter((path) => ink.test(path))).not.toEqual([]);
    expect(within('ink').filter((path) => /^src\/(?!ui\/)/.test(path))).toEqual([]);
  });

  it.each<[file: string, scripts: readonly string[]]>([
    ['src/cli/jobs.ts', ['dkron-tui']],
    ['src/cli/job.ts', ['dkron-tui']],
    ['src/cli/backup.ts', ['dkron-tui']],
    // Of whoever asks more than once.
    ['src/dkron/lean/pool.ts', ['dkron-tui']],
    ['src/cli/console.ts', ['dkron-tui', 'screen']],
    ['src/ui/show.ts', ['dkron-tui', 'screen']],
  ])('for %s is in no other script than %j', (file, names) => {
    const there = new Set(within(...names));
    expect(loadedBy(file).filter((path) => !there.has(path))).toEqual([]);
  });
});

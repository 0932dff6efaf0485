/** What is loaded for what, as the bundle is cut: by the parts that a part imports before it runs. */
import { basename } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle, neededToStart } from '../../scripts/bundle.ts';

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

  it('before the first rows has nothing of Ink, and of ours all but what Ink is loaded with', () => {
    const first = neededToStart(metafile);
    const of = (isFirst: boolean): string[] =>
      Object.entries(metafile.outputs).flatMap(([path, { inputs }]) =>
        first.has(basename(path)) === isFirst ? Object.keys(inputs) : [],
      );
    const ink = /node_modules\/(ink|react|react-reconciler|yoga-layout)\//;
    expect(of(true).filter((path) => ink.test(path))).toEqual([]);
    expect(of(false).filter((path) => ink.test(path))).not.toEqual([]);
    expect(of(false).filter((path) => /^src\/(?!ui\/)/.test(path))).toEqual([]);
  });
});

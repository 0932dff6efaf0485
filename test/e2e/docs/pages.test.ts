/**
 * The commands that the pages show, run as they stand there, one after the other, in an empty folder and
 * against the demo server; where a page has two clusters, these are `$STAGING` and `$PROD`. A command ends
 * with 0, or as its comment says: `# exit 3: …`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../../src/demo/server.ts';

interface Command {
  /** Of the page. */
  readonly line: number;
  readonly text: string;
  readonly exit: number;
}

/** The commands of all blocks of `sh`; a line that ends with a backslash goes on in the next. */
function commandsIn(page: string): Command[] {
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(({ 1: block = '', index }) => {
    const line = page.slice(0, index).split('\n').length + 1;
    const commands: Command[] = [];
    let begun = '';
    for (const [at, written] of block.split('\n').entries()) {
      begun += begun === '' ? written : `\n${written}`;
      if (written.endsWith('\\')) continue;
      const exit = Number(/#.*\bexit (\d+)/.exec(written)?.[1] ?? 0);
      if (/^\s*[^#\s]/.test(begun)) commands.push({ line: line + at, text: begun, exit });
      begun = '';
    }
    return commands;
  });
}

const pages = { 'docs/snapshots.md': 20, 'docs/restore.md': 10 };

test.each(Object.entries(pages))('every command of %s does what it says', async (page, least) => {
  const commands = commandsIn(await readFile(page, 'utf8'));
  expect(commands.length).toBeGreaterThan(least);
  const home = await mkdtemp(join(tmpdir(), 'docs-'));
  const [demo, staging] = [await startDemo(), await startDemo({ name: 'staging' })];
  onTestFinished(async () => {
    await Promise.all([demo.close(), staging.close()]);
    await rm(home, { recursive: true });
  });
  const [bin, work] = [join(home, 'bin'), join(home, 'work')];
  await mkdir(bin);
  await mkdir(work);
  const program = join(bin, 'dkron-tui');
  await writeFile(
    program,
    `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/dkron-tui.js')}' "$@"\n`,
  );
  await chmod(program, 0o755);
  const script = commands.map(
    ({ line, text, exit }) =>
      `${text}\nis=$?\n[ $is = ${exit} ] || echo "line ${line}: exit $is, not ${exit}" >&3\n`,
  );
  const child = spawn('bash', ['-o', 'pipefail', '-c', script.join('')], {
    cwd: work,
    env: {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      HOME: home,
      XDG_DATA_HOME: join(home, 'data'),
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(process.env['TESTS_HOME']!, 'cache'),
      DKRON_URL: demo.url,
      PROD: demo.url,
      STAGING: staging.url,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [said, wrong] = await Promise.all([
    Promise.all([text(child.stdout!), text(child.stderr!)]),
    text(child.stdio[3] as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  expect(wrong, said.join('\n')).toBe('');
});

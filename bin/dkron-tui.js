#!/usr/bin/env node
// Plain old JavaScript: this file has to run on a Node that is too old, to say so.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import * as module from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const enough = major > 22 || (major === 22 && minor >= 19);
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

// Node would warn that NO_COLOR is ignored then; here it counts first (src/terminal/colours.ts).
if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;

if (enough) {
  compileOnce();
  await import('../dist/dkron-tui.js');
} else if (existsSync(pinned)) {
  // A checkout brings its own Node.
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A Ctrl-C reaches both of us from the terminal and must not count twice. Where it was meant for
  // this process alone, SIGUSR2 asks the child for the same; one that is leaving ignores it, and so
  // does one that has given the terminal to an editor.
  const passedOn = { SIGINT: 'SIGUSR2', SIGTERM: 'SIGTERM', SIGHUP: 'SIGHUP', SIGQUIT: 'SIGQUIT' };
  for (const [signal, other] of Object.entries(passedOn))
    process.on(signal, () => child.kill(other));
  child.on('error', () => {
    process.stderr.write(`${pinned} cannot be started; 'npm ci' brings it again.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    for (const name of Object.keys(passedOn)) process.removeAllListeners(name);
    // As early as that nothing in the child knew it yet.
    if (signal) process.kill(process.pid, signal === 'SIGUSR2' ? 'SIGINT' : signal);
    else process.exitCode = status;
  });
} else {
  process.stderr.write(
    `dkron-tui needs Node 22.19 or newer; this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 1;
}

/**
 * Lets Node keep what it compiles, in a folder of this user's own: code is read from there. The
 * environment is stronger (NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE), and without a folder
 * that nobody else can write there is no cache.
 */
function compileOnce() {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, HOME } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return;
  if (NODE_COMPILE_CACHE) return void module.enableCompileCache();
  const caches = [XDG_CACHE_HOME, HOME && join(HOME, '.cache')].find(
    (folder) => folder && isAbsolute(folder),
  );
  if (!caches) return;
  try {
    const own = join(caches, 'dkron-tui');
    const compiled = join(own, 'compiled');
    mkdirSync(compiled, { recursive: true, mode: 0o700 });
    if (isPrivate(own) && isPrivate(compiled)) module.enableCompileCache(compiled);
  } catch {
    // No home, or none that can be written.
  }
}

/** Whether nobody but this user can have put anything into a folder. */
function isPrivate(path) {
  const entry = lstatSync(path);
  const mine = process.getuid === undefined || entry.uid === process.getuid();
  return entry.isDirectory() && mine && (entry.mode & 0o022) === 0;
}

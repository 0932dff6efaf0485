#!/usr/bin/env node
// Plain old JavaScript: this file has to run on a Node that is too old, to say so.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const enough = major > 22 || (major === 22 && minor >= 19);
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (enough) {
  module.enableCompileCache?.();
  await import('../dist/dkron-tui.js');
} else if (existsSync(pinned)) {
  // A checkout brings its own Node.
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.removeAllListeners(name);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = status;
  });
} else {
  process.stderr.write(
    `dkron-tui needs Node 22.19 or newer; this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 1;
}

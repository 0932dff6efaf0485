'use strict';
/** For a Node that cannot run the program: a checkout brings its own. Plain old JavaScript. */
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const pinned = join(__dirname, '../node_modules/node/bin/node');

if (existsSync(pinned)) startPinned();
else {
  process.stderr.write(
    `dkron-tui needs Node 22.19 or newer; this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exitCode = 1;
}

function startPinned() {
  const program = join(__dirname, 'dkron-tui.js');
  const child = spawn(pinned, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
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
}

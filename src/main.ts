import process from 'node:process';
import { exitCodes } from './base/errors.ts';
import { runProgram } from './cli/program.ts';
import { placesBelow } from './config/places.ts';

let interrupt: AbortSignal | undefined;
const argv = process.argv.slice(2);
// styleText reads the environment each time it is asked.
if (argv.includes('--no-color')) process.env['NO_COLOR'] = '1';

// `| head` has seen enough: nobody is left to tell.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok.code);
  });

process.exitCode = await runProgram(argv, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  places: placesBelow(),
  // Looked at by commands only: the console has its own way with Ctrl-C.
  get signal() {
    interrupt ??= onInterrupt();
    return interrupt;
  },
});

/** Ctrl-C: a command has a second to leave its files tidy; a second Ctrl-C does not wait. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    const leave = () => process.exit(exitCodes.interrupted.code);
    if (controller.signal.aborted) leave();
    controller.abort();
    setTimeout(leave, 1000).unref();
  });
  return controller.signal;
}

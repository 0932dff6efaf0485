import process from 'node:process';
import { exitCodes } from './base/errors.ts';
import type { Compiled } from './cli/io.ts';
import { leaveOnSignals } from './cli/leaving.ts';
import { lookFlags } from './cli/look.ts';
import { failed, runProgram } from './cli/program.ts';
import { createLogFile } from './config/log-file.ts';
import { placesBelow } from './config/places.ts';

/** Runs the program with the arguments of its process; `bin/start.js` calls it. */
export async function main(compiled: Compiled): Promise<void> {
  const argv = process.argv.slice(2);
  const { stdin, stdout, stderr, env } = process;
  const leaving = leaveOnSignals((line) => void stderr.write(`${line}\n`));
  const { signal } = leaving;
  const log = createLogFile();
  const look = lookFlags(argv);
  const io = {
    typed: argv,
    stdin,
    stdout,
    stderr,
    env,
    look,
    places: placesBelow(),
    log,
    signal,
    leaving,
    compiled,
  };

  process.on('uncaughtException', (error) => {
    leaving.restore?.();
    process.exit(failed(error, argv, io));
  });

  const code = await runProgram(argv, io);
  process.exitCode = code === exitCodes.interrupted.code ? (leaving.status ?? code) : code;
  // Whatever still waits for something: the operator has left.
  if (signal.aborted) process.exit();
}

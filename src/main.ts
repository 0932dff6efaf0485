import process from 'node:process';
import { exitCodes } from './base/errors.ts';
import { leaveOnSignals } from './cli/leaving.ts';
import { failed, runProgram } from './cli/program.ts';
import { createLogFile } from './config/log-file.ts';
import { placesBelow } from './config/places.ts';

const argv = process.argv.slice(2);
// styleText reads the environment each time it is asked.
if (argv.includes('--no-color')) process.env['NO_COLOR'] = '1';

const { stdin, stdout, stderr, env } = process;
const leaving = leaveOnSignals((line) => void stderr.write(`${line}\n`));
const { signal } = leaving;
const log = createLogFile();
const io = { stdin, stdout, stderr, env, places: placesBelow(), log, signal, leaving };

process.on('uncaughtException', (error) => {
  leaving.restore?.();
  process.exit(failed(error, argv, io));
});

const code = await runProgram(argv, io);
process.exitCode = code === exitCodes.interrupted.code ? (leaving.status ?? code) : code;
// Whatever still waits for something: the operator has left.
if (signal.aborted) process.exit();

/** The program with all that its process gives it. */
import process from 'node:process';
import { exitCodes } from '../base/errors.ts';
import { createLogFile } from '../config/log-file.ts';
import { placesBelow } from '../config/places.ts';
import type { Io } from './io.ts';
import { leaveOnSignals } from './leaving.ts';
import { lookFlags } from './look.ts';
import { failed, runProgram } from './program.ts';
import { openToldOffsets } from './told-offsets.ts';

export async function runProcess(
  argv: readonly string[],
  before: Pick<Io, 'compiled' | 'early' | 'screen'>,
): Promise<void> {
  const { stdout, stderr, env } = process;
  const leaving = leaveOnSignals((line) => void stderr.write(`${line}\n`));
  const { signal } = leaving;
  const { screen = null } = before;
  screen?.unwatch();
  leaving.restore = screen?.leave ?? null;
  const log = createLogFile();
  const look = lookFlags(argv);
  const places = placesBelow();
  const keepOffsets = openToldOffsets(places.offsets, Date.now);
  const { compiled } = before;
  const io = {
    typed: argv,
    // Few commands read it.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    env,
    look,
    places,
    log,
    signal,
    leaving,
    ...before,
    ...(compiled && {
      compiled: { keep: () => Promise.all([compiled.keep(), keepOffsets()]).then(() => {}) },
    }),
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

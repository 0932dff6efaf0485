/** The program with all of its commands, for what is written about it. */
import { PassThrough, type Writable } from 'node:stream';
import { addCommands } from '../src/cli/commands.ts';
import type { Program } from '../src/cli/invocation.ts';
import { leavingOn } from '../src/cli/leaving.ts';
import { createProgram } from '../src/cli/program.ts';
import { createLogFile } from '../src/config/log-file.ts';
import { placesBelow } from '../src/config/places.ts';

/** `prepare` comes before the commands, which take over how the program prints. */
export async function wholeProgram(
  stdout: Writable = new PassThrough(),
  prepare: (program: Program) => void = () => {},
): Promise<Program> {
  const { signal } = new AbortController();
  const program = createProgram({
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    env: {},
    places: placesBelow(),
    log: createLogFile(),
    signal,
    leaving: leavingOn(signal),
  });
  prepare(program);
  await addCommands(program);
  return program;
}

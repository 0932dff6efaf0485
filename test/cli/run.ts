import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { leavingOn } from '../../src/cli/leaving.ts';
import { lookFlags } from '../../src/cli/look.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createLogFile } from '../../src/config/log-file.ts';
import { type Places, placesBelow } from '../../src/config/places.ts';
import { ownHome } from '../support/own-home.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** What an operator types; given, all three streams are a terminal's. */
  readonly typed?: string;
  /** What an operator types line by line, each once a question stands there; all three streams are a terminal's. */
  readonly answers?: readonly string[];
  /** Where another machine keeps its files. */
  readonly places?: Places;
  /** What another program pipes in. */
  readonly piped?: string;
  /** The system's code for each write to these streams: EPIPE, ENOSPC. */
  readonly broken?: { readonly stdout?: string; readonly stderr?: string };
}

/** Where the commands of a test file keep their files. */
export const home = ownHome;
export const places = placesBelow(join(home, 'data'), join(home, 'state'));

/** Runs one command line in this process and collects what it wrote. */
export async function run(
  argv: readonly string[],
  {
    env = {},
    signal = new AbortController().signal,
    typed,
    answers,
    piped,
    broken = {},
    places: there = places,
  }: Setting = {},
): Promise<Ran> {
  const isTTY = typed !== undefined || answers !== undefined;
  const stream = () => Object.assign(new PassThrough({ highWaterMark: 1 << 30 }), { isTTY });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  if (typed !== undefined) stdin.write(typed);
  if (answers !== undefined) answerWith(answers, stdin, stderr);
  if (piped !== undefined) stdin.end(piped);
  const leaving = leavingOn(signal);
  if (broken.stdout) breakStream(stdout, broken.stdout);
  if (broken.stderr) breakStream(stderr, broken.stderr);
  const look = lookFlags(argv);
  const log = createLogFile();
  const io = { typed: argv, stdin, stdout, stderr, env, look, places: there, log, signal, leaving };
  const code = await runProgram(argv, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** Types a line whenever something stands there that awaits one. */
function answerWith(answers: readonly string[], stdin: PassThrough, stderr: PassThrough): void {
  const left = [...answers];
  const write = stderr.write.bind(stderr) as (...chunk: readonly unknown[]) => boolean;
  stderr.write = ((...chunk: readonly unknown[]) => {
    if (/\? \[[^\]]*\] $/.test(String(chunk[0])))
      setImmediate(() => stdin.write(`${left.shift() ?? ''}\n`));
    return write(...chunk);
  }) as PassThrough['write'];
}

/** As Node's own standard streams: each write fails, and the next is tried all the same. */
function breakStream(stream: PassThrough, code: string): void {
  stream.write = ((_: unknown, callback?: (error: Error) => void) => {
    const error = Object.assign(new Error(`${code}: write`), { code, syscall: 'write' });
    process.nextTick(() => {
      stream.emit('error', error);
      callback?.(error);
    });
    return false;
  }) as PassThrough['write'];
}

/** Runs the commands that a context names: what prints a secret, or a table. */
import { spawn } from 'node:child_process';
import process from 'node:process';

export interface Printed {
  /** Its exit code; null when a signal ended it, or it could not be started. */
  readonly code: number | null;
  /** It did not end in time, and was ended. */
  readonly late: boolean;
  readonly stdout: string;
  /** The end of what it said. */
  readonly stderr: string;
}

/** Runs a line; handed in so that tests need no programs. */
export type RunLine = (line: string) => Promise<Printed>;

/** How long a command may take, ms. */
export const patience = 10_000;
/** No secret is longer; bytes. */
const mostSecret = 64 << 10;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * By `/bin/sh -c`, as git and gh run theirs, so that pipes, quotes and variables mean what they mean
 * in a terminal. It has no standard input and no terminal: a program that would ask for a passphrase
 * on the screen of the console fails instead, and Ctrl-C does not reach it. It never outlives us.
 */
export const shellIn =
  (env: Environment): RunLine =>
  (line) =>
    runProgram(['/bin/sh', '-c', line], env, mostSecret);

/** The same of a program and its words, of whose output so many bytes are kept. */
export function runProgram(
  [program = '', ...words]: readonly string[],
  env: Environment,
  most: number,
): Promise<Printed> {
  const { promise, resolve } = Promise.withResolvers<Printed>();
  const child = spawn(program, words, {
    env: env as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let late = false;
  const chunks: Buffer[] = [];
  let left = most;
  let stderr = '';
  // With all that it started.
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  const timer = setTimeout(() => {
    late = true;
    end();
  }, patience);
  process.on('exit', end);
  child.stdout.on('data', (bytes: Buffer) => {
    if (left > 0) chunks.push(bytes.subarray(0, left));
    left -= bytes.length;
  });
  child.stderr.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString()).slice(-2_000);
  });
  const done = (code: number | null): void => {
    clearTimeout(timer);
    process.off('exit', end);
    resolve({ code, late, stdout: Buffer.concat(chunks).toString(), stderr });
  };
  child.on('error', () => done(null));
  // What it left behind may hold its output open.
  child.on('exit', () => void setTimeout(end, 100).unref());
  child.on('close', done);
  return promise;
}

/**
 * Runs kubectl as a child that never outlives us. A shell stands between: it holds a pipe of ours
 * and kills its process group when that pipe ends, which it also does when we are killed with -9.
 */
import { spawn } from 'node:child_process';
import type { PortForward } from '../config/target.ts';

export interface Ending {
  /** Its exit code; null when a signal ended it, or it could not be started. */
  readonly code: number | null;
  /** Why it could not be started at all; undefined when it could. */
  readonly error?: string;
}

export interface Hears {
  /** Each line that it prints, on either stream, without its end. */
  line(line: string): void;
  /** Once; nothing comes after it. */
  ended(ending: Ending): void;
}

/** Starts a kubectl with these arguments; what it gives back ends it, at once and with all it started. */
export type StartKubectl = (args: readonly string[], hears: Hears) => () => void;

/**
 * The names come as arguments, never as words of the script. What kubectl starts (a program that
 * gets credentials) is in the group too.
 */
const guard = `
exec 3<&0 </dev/null
"$@" 3<&- &
kubectl=$!
{ while read -r _; do :; done; kill -KILL "-$$"; } <&3 >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$kubectl"
code=$?
kill "$watch"
exit "$code"`;

/** The kubectl that is on the PATH of this environment. */
export const kubectlIn =
  (env: NodeJS.ProcessEnv): StartKubectl =>
  (args, hears) =>
    startGuarded(['kubectl', ...args], hears, env);

function startGuarded(
  command: readonly string[],
  { line, ended }: Hears,
  env: NodeJS.ProcessEnv,
): () => void {
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...command], {
    env,
    // A group of its own: ctrl-c in the terminal is for us.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      killGroup(child.pid);
  };
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, line);
  child.stdin.on('error', () => {});
  child.on('error', ({ message }) => {
    if (child.pid === undefined) ended({ code: null, error: message });
  });
  child.on('exit', () => {
    // What it started may hold its output open; what left the group may go on doing so.
    killGroup(child.pid!);
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, 1_000).unref();
  });
  child.on('close', (code) => {
    if (child.pid !== undefined) ended({ code });
  });
  return kill;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** More than any line that means something; a longer one is told in pieces. */
const longest = 8_192;

/** Reads for ever: a child whose pipe is full stands still. */
function eachLine(stream: NodeJS.ReadableStream, tell: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > longest) {
      lines.push(rest);
      rest = '';
    }
    for (const line of lines) tell(line);
  });
  stream.on('end', () => {
    if (rest !== '') tell(rest);
  });
  stream.on('error', () => {});
}

/** A name can never become an option: everything is joined to its option, or stands behind `--`. */
export const forwardArgs = ({ namespace, resource, port, kubeContext }: PortForward): string[] => [
  ...(kubeContext === null ? [] : [`--context=${kubeContext}`]),
  `--namespace=${namespace}`,
  'port-forward',
  '--address=127.0.0.1',
  '--',
  resource,
  // A local port of its own choosing: one that we chose could be taken meanwhile.
  `:${port}`,
];

import { PassThrough } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';

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
}

/** Runs one command line in this process and collects what it wrote. */
export async function run(
  argv: readonly string[],
  { env = {}, signal = new AbortController().signal, typed }: Setting = {},
): Promise<Ran> {
  const stream = () => Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  if (typed !== undefined) stdin.write(typed);
  const code = await runProgram(argv, { stdin, stdout, stderr, env, signal });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

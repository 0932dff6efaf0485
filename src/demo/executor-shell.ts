/**
 * The shell executor of the demo runs nothing on the machine. It says what would run, and simulates
 * how the plainest commands end: `exit N`, `false`, and the wait of `sleep N`.
 */
import { parseGoDuration } from '../schedule/go-duration.ts';
import type { Strings } from './job.ts';
import { pause } from './pause.ts';
import type { Result } from './run.ts';

export async function simulateShell(config: Strings, closed: AbortSignal): Promise<Result> {
  const command = config.get('command') ?? '';
  const inShell = ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(config.get('shell') ?? '');
  const words = inShell ? command : (command.split(';')[0] ?? '');
  const said = `[simulated] ${command}\n`;
  const failed = (why: string): Result => ({ success: false, output: `${why}\n${said}` });
  if (!inShell && words.trim() === '') return failed('shell: Command missing');
  const wait = sleepOf(words);
  const limit = timeoutOf(config);
  await pause(Math.min(wait, limit), closed);
  if (wait > limit) {
    const why = `shell: Job '${command}' execution time exceeding defined timeout ${config.get('timeout')}. Job was killed`;
    return { success: false, output: `signal: killed\n${said}${why}` };
  }
  if (!inShell && /^\s*exit\b/.test(words))
    return failed('exec: "exit": executable file not found in $PATH');
  const code = exitCodeOf(words);
  return code === 0 ? { success: true, output: said } : failed(`exit status ${code}`);
}

/** Milliseconds that all of a command's `sleep`s take. */
const sleepOf = (command: string): number =>
  command
    .matchAll(/\bsleep\s+(\d+(?:\.\d+)?)/g)
    .reduce((sum, [, seconds]) => sum + Number(seconds) * 1000, 0);

/** Milliseconds; none given is for ever. */
function timeoutOf(config: Strings): number {
  const duration = parseGoDuration(config.get('timeout') ?? '');
  const limit = 'nanos' in duration ? Number(duration.nanos) / 1e6 : 0;
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** What the last part of a command would exit with. */
function exitCodeOf(command: string): number {
  const last = command.split(/;|&&|\|\||\n/).findLast((part) => part.trim() !== '') ?? '';
  const exit = /^\s*exit\s+(\d+)\s*$/.exec(last)?.[1];
  if (exit !== undefined) return Number(exit) % 256;
  return /^\s*(\/bin\/)?false\b/.test(last) ? 1 : 0;
}

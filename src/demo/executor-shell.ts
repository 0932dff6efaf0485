/**
 * The shell executor of the demo runs nothing on the machine. It knows what the plainest commands
 * do (`echo`, `sleep`, `exit`, `true`, `false`) and pretends; of any other it says that it would run.
 */
import { parseGoDuration } from '../schedule/go-duration.ts';
import type { Strings } from './job.ts';
import { pause } from './pause.ts';
import type { Result } from './run.ts';

/** How a command would end. */
interface Ending {
  readonly output: string;
  readonly code: number;
  /** Milliseconds. */
  readonly takes: number;
}

export async function simulateShell(config: Strings, closed: AbortSignal): Promise<Result> {
  const command = config.get('command') ?? '';
  const inShell = /^(1|t|T|TRUE|true|True)$/.test(config.get('shell') ?? '');
  const words = inShell ? command : firstCommand(command);
  const failed = (why: string, output = ''): Result => ({
    success: false,
    simulated: true,
    output: `${why}\n${output}`,
  });
  if (/["']/.test(command.replace(/"[^"]*"|'[^']*'/g, '')))
    return failed(inShell ? 'exit status 2' : 'invalid command line string');
  if (!inShell && words.trim() === '') return failed('shell: Command missing');
  if (!inShell && /^\s*exit\b/.test(words))
    return failed('exec: "exit": executable file not found in $PATH');
  const { output, code, takes } = simulate(words);
  const limit = timeoutOf(config);
  await pause(Math.min(takes, limit), closed);
  if (takes > limit) {
    const why = `shell: Job '${command}' execution time exceeding defined timeout ${config.get('timeout')}. Job was killed`;
    return failed('signal: killed', why);
  }
  if (code !== 0) return failed(`exit status ${code}`, output);
  return { success: true, simulated: true, output };
}

/** Without a shell the command is split into words, and ends where a shell would see an operator. */
const firstCommand = (command: string): string =>
  /^(?:"[^"]*"|'[^']*'|[^;&|<>"'])*/.exec(command)?.[0] ?? '';

/** A command's parts one after the other; `exit` ends it, and so does a failure before `&&`. */
function simulate(command: string): Ending {
  const ending = { output: '', code: 0, takes: 0 };
  const pieces = command.split(/(;|\n|&&)/);
  for (let index = 0; index < pieces.length; index += 2) {
    const part = pieces[index]!.trim();
    if (part === '') continue;
    const { output, code, takes } = simulatePart(part);
    ending.output += output;
    ending.code = code;
    ending.takes += takes;
    if (/^exit\b/.test(part) || (code !== 0 && pieces[index + 1] === '&&')) break;
  }
  return ending;
}

function simulatePart(part: string): Ending {
  const [name, ...args] = part.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const plain = !/[|<>$`&()*]/.test(part);
  const words = args.map((arg) => arg.replace(/^(["'])(.*)\1$/s, '$2'));
  if (name === 'true') return { output: '', code: 0, takes: 0 };
  if (name === 'false') return { output: '', code: 1, takes: 0 };
  if (name === 'exit') return { output: '', code: Number(words[0] ?? 0) % 256 || 0, takes: 0 };
  if (name === 'sleep' && Number(words[0]) >= 0)
    return { output: '', code: 0, takes: Number(words[0]) * 1000 };
  if (name === 'echo' && plain) return { output: `${words.join(' ')}\n`, code: 0, takes: 0 };
  return { output: `would run: ${part}\n`, code: 0, takes: 0 };
}

/** Milliseconds; none given is for ever. */
function timeoutOf(config: Strings): number {
  const duration = parseGoDuration(config.get('timeout') ?? '');
  const limit = 'nanos' in duration ? Number(duration.nanos) / 1e6 : 0;
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

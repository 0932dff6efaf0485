/**
 * The shell executor of the demo runs nothing on the machine. It knows what the plainest commands
 * do (`echo`, `printf`, `sleep`, `exit`, `true`, `false`, and `for` over words) and pretends; of any
 * other it says that it would run.
 */
import { parseGoDuration } from '../schedule/go-duration.ts';
import type { Strings } from './job.ts';
import { pause } from './pause.ts';
import type { Result, Told } from './run.ts';

/** What a part of a command does: it prints, then it sleeps, ms. */
interface Deed {
  readonly output: string;
  readonly takes: number;
}

/** What a command does one after the other, and how it ends. */
interface Course {
  readonly deeds: readonly Deed[];
  readonly code: number;
}

export async function simulateShell(
  config: Strings,
  told: Told,
  closed: AbortSignal,
): Promise<Result> {
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
  const { deeds, code } = simulate(words);
  const { output, isKilled } = await play(deeds, timeoutOf(config), told, closed);
  if (isKilled) {
    const why = `shell: Job '${command}' execution time exceeding defined timeout ${config.get('timeout')}. Job was killed`;
    return failed('signal: killed', output + why);
  }
  if (code !== 0) return failed(`exit status ${code}`, output);
  return { success: true, simulated: true, output };
}

/** Most bytes that Go's os/exec reads of a pipe, and tells, at once. */
const PIECE = 32_768;

/** Tells what is printed until it sleeps, in pieces as it is read from a pipe; killed at the limit, ms. */
async function play(
  deeds: readonly Deed[],
  limit: number,
  told: Told,
  closed: AbortSignal,
): Promise<{ readonly output: string; readonly isKilled: boolean }> {
  let output = '';
  let from = 0;
  let left = limit;
  for (const deed of deeds) {
    output += deed.output;
    if (deed.takes === 0) continue;
    const bytes = Buffer.from(output.slice(from));
    if (bytes.length > 0) {
      const last = bytes.length - 1 - ((bytes.length - 1) % PIECE);
      told(bytes.subarray(last).toString(), from === 0 && last === 0);
    }
    from = output.length;
    await pause(Math.min(deed.takes, left), closed);
    if (deed.takes > left) return { output, isKilled: true };
    left -= deed.takes;
  }
  return { output, isKilled: false };
}

/** Without a shell the command is split into words, and ends where a shell would see an operator. */
const firstCommand = (command: string): string =>
  /^(?:"[^"]*"|'[^']*'|[^;&|<>"'])*/.exec(command)?.[0] ?? '';

/** A command's parts one after the other; `exit` ends it, and so does a failure before `&&`. */
function simulate(command: string): Course {
  const deeds: Deed[] = [];
  let code = 0;
  const pieces = overWords(command).split(/(;|\n|&&)/);
  for (let index = 0; index < pieces.length; index += 2) {
    const part = pieces[index]!.trim();
    if (part === '') continue;
    const { code: ended, ...deed } = simulatePart(part);
    deeds.push(deed);
    code = ended;
    if (/^exit\b/.test(part) || (code !== 0 && pieces[index + 1] === '&&')) break;
  }
  return { deeds, code };
}

/** What a shell would print, and how long it would take, ms. */
export function wholeRun(command: string): Deed {
  const { deeds } = simulate(command);
  return {
    output: deeds.map(({ output }) => output).join(''),
    takes: deeds.reduce((sum, { takes }) => sum + takes, 0),
  };
}

/** `for x in a b; do echo $x; done` as what it does for each word. */
const overWords = (command: string): string =>
  command.replace(
    /\bfor (\w+) in ([^;|<>$`&()*"']*);\s*do\s(.*?)[;\n]\s*done\b/gs,
    (_, name: string, words: string, body: string) =>
      words
        .trim()
        .split(/\s+/)
        .map((word) =>
          body.replaceAll(new RegExp(`\\$${name}\\b|\\$\\{${name}\\}`, 'g'), () => word),
        )
        .join('; '),
  );

interface Part extends Deed {
  readonly code: number;
}

function simulatePart(part: string): Part {
  const [name, ...args] = part.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const plain = !/[|<>$`&()*]/.test(part);
  const words = args.map((arg) => arg.replace(/^(["'])(.*)\1$/s, '$2'));
  if (name === 'true') return { output: '', code: 0, takes: 0 };
  if (name === 'false') return { output: '', code: 1, takes: 0 };
  if (name === 'exit') return { output: '', code: Number(words[0] ?? 0) % 256 || 0, takes: 0 };
  if (name === 'sleep' && Number(words[0]) >= 0)
    return { output: '', code: 0, takes: Number(words[0]) * 1000 };
  if (name === 'echo' && plain) return { output: `${words.join(' ')}\n`, code: 0, takes: 0 };
  if (name === 'printf' && plain && words.length === 1 && !words[0]!.includes('%'))
    return { output: words[0]!.replaceAll('\\n', '\n'), code: 0, takes: 0 };
  return { output: `would run: ${part}\n`, code: 0, takes: 0 };
}

/** Milliseconds; none given is for ever. */
function timeoutOf(config: Strings): number {
  const duration = parseGoDuration(config.get('timeout') ?? '');
  const limit = 'nanos' in duration ? Number(duration.nanos) / 1e6 : 0;
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The value below which this part of the samples lies; 0.5 is the median. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export type Contender<T = number> = (round: number) => Promise<T>;

interface Turns {
  readonly warm?: boolean;
  readonly ready?: () => Promise<void>;
}

/**
 * Lets contenders take turns, so that a busy moment of the machine hurts all of them, and gives what
 * each measured. A round before the first warms caches up, and counts for nothing. Each begins when `ready`
 * has come to its end: nobody is measured in what the one before left behind.
 */
export async function inTurns<Name extends string, T>(
  rounds: number,
  contenders: Record<Name, Contender<T>>,
  { warm = true, ready = async () => {} }: Turns = {},
): Promise<Record<Name, T[]>> {
  const entries = Object.entries(contenders) as [Name, Contender<T>][];
  const samples = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<
    Name,
    T[]
  >;
  for (let round = warm ? 0 : 1; round <= rounds; round++)
    for (const [name, contender] of entries) {
      await ready();
      const sample = await contender(round);
      if (round > 0) samples[name].push(sample);
    }
  return samples;
}

/** The median of each that took its turns, in what they measure (milliseconds). */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Record<Name, Contender>,
  options?: Turns,
): Promise<Record<Name, number>> {
  const samples = await inTurns(rounds, contenders, options);
  const medians = Object.entries<number[]>(samples).map(([name, took]) => [name, median(took)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Running {
  /** The status that it has to end with. */
  readonly ends?: number;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds from a program's start to its end; throws when that is another than it should be. */
export async function timeProgram(
  command: string,
  args: readonly string[],
  running: Running = {},
): Promise<number> {
  const start = performance.now();
  await errorsOf(command, args, running);
  return performance.now() - start;
}

async function errorsOf(
  command: string,
  args: readonly string[],
  { ends = 0, env = {} }: Running,
): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [status] = await once(child, 'close');
  if (status !== ends)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${said}`);
  return said;
}

/** What a program needed: the most memory it had, bytes; how long its threads were on a core, ms. */
export interface Cost {
  readonly peak: number;
  readonly cpu: number;
}

/** Tells it, as the last thing that a program says. */
const tellCost = 'process.on("exit",()=>console.error(JSON.stringify(process.resourceUsage())))';

/** What a program of Node costs. */
export async function costOf(args: readonly string[], running: Running = {}): Promise<Cost> {
  const told = ['--import', `data:text/javascript,${tellCost}`];
  const said = await errorsOf(process.execPath, [...told, ...args], running);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(
    said.trim().split('\n').at(-1)!,
  ) as NodeJS.ResourceUsage;
  return { peak: 1024 * maxRSS, cpu: (userCPUTime + systemCPUTime) / 1000 };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The value below which this part of the samples lies; 0.5 is the median. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export type Contender = (round: number) => Promise<number>;

/**
 * Lets contenders take turns, so that a busy moment of the machine hurts all of them, and gives
 * the median of each in what they measure (milliseconds). The first round warms caches up.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Record<Name, Contender>,
): Promise<Record<Name, number>> {
  const samples = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round++)
    for (const [name, contender] of Object.entries<Contender>(contenders)) {
      const took = await contender(round);
      if (round > 0) samples.set(name, [...(samples.get(name) ?? []), took]);
    }
  const medians = [...samples].map(([name, took]) => [name, median(took)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds from a program's start to its end; throws when that is another than it should be. */
export async function timeProgram(
  command: string,
  args: readonly string[],
  ends = 0,
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [status] = await once(child, 'close');
  if (status !== ends)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${said}`);
  return performance.now() - start;
}

/** Tells, as the last thing that a program says, the most memory it had, in kB. */
const tellPeak = 'process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';

/** The most memory that a program of Node has in use, bytes. */
export async function peakOf(args: readonly string[], ends = 0): Promise<number> {
  const told = ['--import', `data:text/javascript,${tellPeak}`];
  const child = spawn(process.execPath, [...told, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [status] = await once(child, 'close');
  if (status !== ends) throw new Error(`${args.join(' ')} ended with ${status}: ${said}`);
  return 1024 * Number(said.trim().split('\n').at(-1));
}

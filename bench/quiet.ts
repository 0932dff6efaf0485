/** Whether something else ran on the machine while it was measured. */
import process from 'node:process';
import { type Cores, cores, processTree } from './proc.ts';

export interface Quiet {
  /** What others had of all cores, and what the host took away, percent. */
  readonly others: number;
  readonly stolen: number;
}

/** More than so much, percent, and figures may be worse than they are. */
const most = 5;

/**
 * @param before,after what all cores did until then, ticks
 * @param ours ticks that the bench and all that it started were on a core in between
 */
export function quietOf(before: Cores, after: Cores, ours: number): Quiet {
  const all = after.all - before.all;
  const share = (ticks: number): number => (100 * Math.max(0, ticks)) / all;
  return {
    others: share(after.busy - before.busy - ours),
    stolen: share(after.stolen - before.stolen),
  };
}

/** Looks from now on. @returns what was since */
export function watchOthers(): () => Quiet {
  const before = { cores: cores(), ours: ownTicks() };
  return () => quietOf(before.cores, cores(), ownTicks() - before.ours);
}

const ownTicks = (): number => processTree(process.pid).reduce((sum, { ticks }) => sum + ticks, 0);

export const isLoud = ({ others, stolen }: Quiet): boolean => others > most || stolen > most;

/** @param loud the parts of the run in which others were heard */
export function quietWords(quiet: Quiet, loud: readonly string[]): string {
  const words = `others had ${quiet.others.toFixed(1)} % of the cores, the host took ${quiet.stolen.toFixed(1)} %`;
  if (loud.length === 0 && !isLoud(quiet)) return `a quiet machine (${words})`;
  const where = loud.length === 0 ? '' : `, most of all during ${loud.join('; ')}`;
  return `NOT A QUIET MACHINE (${words}${where})`;
}

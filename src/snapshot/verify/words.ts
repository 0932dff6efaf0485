/** What both twins say of verified snapshots. */
import { counted } from '../../base/counted.ts';
import type { Tone } from '../../view/line.ts';
import type { Verdict } from './verify.ts';

/** What a list of damages is told to. */
export const told = 1000;

export const verdictTones: Readonly<Record<Verdict['verdict'], Tone>> = {
  proven: 'ok',
  unproven: 'attention',
  damaged: 'bad',
  unread: 'bad',
};

/** `12 jobs, each as it came from the server` */
export function verdictText({ verdict, jobs, why, damages }: Verdict): string {
  if (verdict === 'proven') return `${counted(jobs)}, each as it came from the server`;
  if (verdict === 'unread') return why ?? '';
  if (verdict === 'damaged')
    return `${counted(damages.length, 'damage')}; ${counted(jobs)} unharmed`;
  return `${counted(jobs)} can be read, and nothing proves that they came so from the server: ${why}`;
}

/** The damages as sentences, and how many there are besides. */
export function damageTexts({ damages }: Verdict, most = told): string[] {
  const texts = damages.slice(0, most).map(({ text }) => text);
  const more = damages.length - texts.length;
  return more > 0 ? [...texts, `and ${more} more`] : texts;
}

const order = ['damaged', 'unread', 'unproven', 'proven'] as const;

/** How many there are of each verdict: `3 proven, 1 damaged`. */
export const countsText = (verdicts: readonly Verdict[]): string =>
  order
    .map((name) => [name, verdicts.filter(({ verdict }) => verdict === name).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

/** The worst of them, which says how a command ends. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict['verdict'] =>
  order.find((name) => verdicts.some(({ verdict }) => verdict === name)) ?? 'proven';

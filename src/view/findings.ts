/** What the checks say of a job, in whole lines: `✗` Dkron would refuse, `!` beware. */
import { type Finding, findingText, findingWords } from '../job/lint/finding.ts';
import { paragraph } from './compose.ts';
import { type Line, toned } from './line.ts';

/** Each with its path in front. */
export const findingLines = (findings: readonly Finding[], columns: number): Line[] =>
  findings.flatMap((found) => lines(found, findingText(found), columns, 1));

/** Without their paths, below what they are about, from this column on. */
export const findingsBelow = (
  findings: readonly Finding[],
  columns: number,
  indent: number,
): Line[] => findings.flatMap((found) => lines(found, findingWords(found), columns, indent));

function lines({ level }: Finding, text: string, columns: number, indent: number): Line[] {
  const [glyph, tone] = level === 'error' ? (['✗', 'bad'] as const) : (['!', 'attention'] as const);
  const room = Math.max(10, columns - indent - 3);
  return paragraph(text, room).map(
    (line, at): Line => [toned(`${' '.repeat(indent)}${at === 0 ? glyph : ' '} ${line}`, tone)],
  );
}

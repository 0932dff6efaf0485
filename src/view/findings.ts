/** What the checks say of a job, in whole lines: `✗` Dkron would refuse, `!` beware, `·` know. */
import { counted } from '../base/counted.ts';
import type { Job } from '../job/job.ts';
import { type Finding, findingText, findingWords, type Level } from '../job/lint/finding.ts';
import { checkJob } from '../job/lint/lint.ts';
import type { NodeTags } from '../job/lint/tags.ts';
import type { Coverage } from '../job/ttl/match.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { paragraph } from './compose.ts';
import { type Line, type Tone, toned } from './line.ts';
import type { ReadBy } from './schedule-context.ts';

/** What a job is judged by: this moment, by this server and its nodes. */
export interface JudgedBy extends ReadBy {
  /** ms since the epoch. */
  readonly now: number;
  readonly nodes?: readonly NodeTags[] | undefined;
}

/** What the checks that are asked before every change say of a job as it is, without glyphs. */
export function foundLines(
  job: Job,
  { now, setting, server, nodes }: JudgedBy,
  columns: number,
): Line[] {
  const { serverZone } = setting;
  const around = { now: instantFromMillis(now), version: server?.version, serverZone, nodes };
  return checkJob(job, around).flatMap((found) =>
    paragraph(findingText(found), columns).map((text) => [toned(text, levelTones[found.level])]),
  );
}

/** Each with its path in front. */
export const findingLines = (findings: readonly Finding[], columns: number): Line[] =>
  findings.flatMap((found) => lines(found, findingText(found), columns, 1));

/** Without their paths, below what they are about, from this column on. */
export const findingsBelow = (
  findings: readonly Finding[],
  columns: number,
  indent: number,
): Line[] => findings.flatMap((found) => lines(found, findingWords(found), columns, indent));

/** `, 3 ignored` */
export const ignoredText = (ignored: number): string =>
  ignored === 0 ? '' : `, ${ignored} ignored`;

/** How much of the table of TTLs is about these jobs. */
export function coverageText(coverage: Coverage): string {
  const { rows, jobs, without, unfilled, shared, doubled, unread } = coverage;
  const faults = [
    [without, counted(without, 'http job'), 'without a TTL'],
    [unfilled, counted(unfilled, 'row'), 'that no enabled job fills'],
    [shared, counted(shared, 'row'), 'that several jobs fill'],
    [doubled, counted(doubled, 'row'), 'there before'],
    [unread, counted(unread, 'row'), 'with no TTL that can be read'],
  ] as const;
  const told = faults.filter(([count]) => count > 0).map(([, what, how]) => `${what} ${how}`);
  return [`TTLs: ${counted(rows, 'row')}, ${counted(jobs)} with one`, ...told].join(', ');
}

export const levelTones: Readonly<Record<Level, Tone>> = {
  error: 'bad',
  warning: 'attention',
  note: 'quiet',
};

const glyphs: Readonly<Record<Level, string>> = { error: '✗', warning: '!', note: '·' };

function lines({ level }: Finding, text: string, columns: number, indent: number): Line[] {
  const room = Math.max(10, columns - indent - 3);
  return paragraph(text, room).map(
    (line, at): Line => [
      toned(`${' '.repeat(indent)}${at === 0 ? glyphs[level] : ' '} ${line}`, levelTones[level]),
    ],
  );
}

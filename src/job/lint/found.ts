/** What the checks say of many jobs: in which order it is told, counted, filtered and mended. */
import { counted } from '../../base/counted.ts';
import type { Language } from '../filter-language.ts';
import type { Job } from '../job.ts';
import { setPath } from '../values/path.ts';
import { type Finding, findingText, type Level, levels } from './finding.ts';

export interface Found {
  /** Its name. */
  readonly job: string;
  readonly finding: Finding;
}

/** The worst first; then what is alike together, by the names of the jobs. */
export const inOrder = (found: readonly Found[]): Found[] => {
  const rank = new Map(levels.map((level, at) => [level, at]));
  return found.toSorted(
    (a, b) =>
      rank.get(a.finding.level)! - rank.get(b.finding.level)! ||
      compare(a.finding.rule, b.finding.rule) ||
      compare(a.job, b.job),
  );
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const countLevels = (found: readonly Found[]): Readonly<Record<Level, number>> => {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { finding } of found) counts[finding.level] += 1;
  return counts;
};

/** `2 errors, 1 warning, 0 notes` */
export const levelsText = (counts: Readonly<Record<Level, number>>): string =>
  levels.map((level) => counted(counts[level], level)).join(', ');

/** Whether it is at least as bad. */
export const isAtLeast = (level: Level, least: Level): boolean =>
  levels.indexOf(level) <= levels.indexOf(least);

/** A name is not mended in its place: it is another job. */
export const isMendable = ({ fix, path }: Finding): boolean => fix !== undefined && path !== 'name';

/** The job with the fix of each of these where it has one; null where that makes no other job. */
export function mended(job: Job, findings: readonly Finding[]): Job | null {
  let wanted = job;
  for (const { path, fix } of findings.filter(isMendable)) {
    const set = setPath(wanted, path, fix!);
    if ('job' in set) wanted = set.job;
  }
  return wanted === job ? null : wanted;
}

/** Tells them apart. */
export const keyOf = ({ job, finding }: Found): string =>
  `${job}\0${finding.rule}\0${findingText(finding)}`;

export const foundFilter: Language<Found> = {
  keys: {
    level: {
      help: 'level:error  error, warning or note',
      values: levels,
      test:
        (value) =>
        ({ finding }) =>
          finding.level.startsWith(value),
    },
    rule: {
      help: 'rule:http-any-status  the rule, or how it begins',
      test:
        (value) =>
        ({ finding }) =>
          finding.rule.startsWith(value),
    },
    fix: {
      help: 'fix:yes  whether there is a fix',
      values: ['yes', 'no'],
      test:
        (value) =>
        ({ finding }) =>
          (isMendable(finding) ? 'yes' : 'no').startsWith(value),
    },
  },
  word: ({ job, finding }, word) =>
    job.toLowerCase().includes(word) ||
    finding.rule.includes(word) ||
    findingText(finding).toLowerCase().includes(word),
};

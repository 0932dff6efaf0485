/** What the checks say of a job as it would be with what is typed or left as drafts. */

import type { FieldPath } from '../../job/field-path.ts';
import { isBody, pathOf } from '../../job/field-path.ts';
import type { Job } from '../../job/job.ts';
import type { Finding } from '../../job/lint/finding.ts';
import { type Around, checkJob, newFindings } from '../../job/lint/lint.ts';
import { withValue } from '../../job/merge.ts';
import { memo } from '../../view/memo.ts';
import { draftKey, readScheduleDraft } from '../state/drafts.ts';
import type { State } from '../state/model.ts';
import { jobWith } from './field-values.ts';

/** Whether it is said of this field, or of what is inside it. */
export const isAt = (path: string, found: Finding): boolean =>
  found.path === path || found.path.startsWith(`${path}.`);

export interface Judgement {
  /** Why the text means no value. */
  readonly error?: string;
  /** What is to be said while it is typed: of this field all, of others what it brings. */
  readonly findings: readonly Finding[];
  /** Why it cannot be saved. */
  readonly refused?: Finding;
}

/** The job with this text in the field. Asked at every key, for the frame and for the save. */
export const judgeText = memo(
  (seen: Job, keys: FieldPath, text: string, around: Around): Judgement => {
    // The white space of a body makes no difference here.
    const read = isBody(keys) ? { job: withValue(seen, keys, text) } : jobWith(seen, keys, text);
    if ('error' in read) return { error: read.error, findings: [] };
    const found = findingsOf(read.job, around);
    const news = newFindings(found, knownOf(seen, around));
    const refused = news.find(({ level }) => level === 'error');
    const findings = found.filter((each) => isAt(pathOf(keys), each) || news.includes(each));
    return refused === undefined ? { findings } : { findings, refused };
  },
);

const findingsOf = (job: Job, around: Around): readonly Finding[] => checkJob(job, around);
const knownOf = memo(findingsOf);

/** A job as its drafts would make it: the text of each, what is wrong with it, and what the checks say. */
export interface Drafted {
  readonly texts: ReadonlyMap<string, string>;
  /** Why a draft means no value; the job keeps its own there. */
  readonly errors: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

export const drafted = memo(
  (job: Job, paths: readonly FieldPath[], drafts: State['drafts'], around: Around): Drafted => {
    const texts = draftTexts(job, paths, drafts);
    const errors = new Map<string, string>();
    let wanted = job;
    for (const keys of paths) {
      const text = texts.get(pathOf(keys));
      if (text === undefined) continue;
      const read = jobWith(wanted, keys, text);
      if ('error' in read) errors.set(pathOf(keys), read.error);
      else wanted = read.job;
    }
    return { texts, errors, findings: checkJob(wanted, around) };
  },
);

/** The drafts by field; the editor of schedules keeps two in one. */
function draftTexts(
  { name, schedule, timezone }: Job,
  paths: readonly FieldPath[],
  drafts: State['drafts'],
): Map<string, string> {
  const typed = readScheduleDraft(drafts.get(draftKey(name, 'schedule'))?.text);
  const texts = new Map<string, string>();
  for (const path of paths.map(pathOf)) {
    const text = path === 'schedule' ? undefined : drafts.get(draftKey(name, path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  if (typed !== null && typed.schedule !== schedule) texts.set('schedule', typed.schedule);
  if (typed !== null && typed.timezone !== timezone) texts.set('timezone', typed.timezone);
  return texts;
}

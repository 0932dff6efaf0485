/** What the operator's editor is given: the job, or a draft on top of what the job is now. */

import type { Draft } from '../../config/drafts.ts';
import { diffJobs, type FieldChange } from '../../job/compare.ts';
import { jobFromYaml, jobToYaml } from '../../job/file/yaml.ts';
import type { Job } from '../../job/job.ts';
import { mergeJobs } from '../../job/merge.ts';
import { parseJson } from '../../json/numbers.ts';
import { clean } from '../../terminal/cell.ts';
import { shortSpan } from '../../view/short.ts';

/** Lines of ours at the top of a draft, which are written anew each time. */
const mark = '#| ';

export const withoutHead = (text: string): string => text.replace(/^(?:#\|.*\n)+/, '');

/** Nothing but white space, comments and document marks: to leave an editor so means to leave it. */
export const isBlank = (text: string): boolean =>
  text.split('\n').every((line) => /^\s*(?:#.*|---\s*|\.\.\.\s*)?$/.test(line));

/** The job as YAML; a draft says that it is one, how old, and how it meets what the job is now. */
export function textFor(seen: Job, draft: Draft | undefined, now: number): string {
  const untouched = jobToYaml(seen);
  if (draft === undefined) return untouched;
  const { text, met } = onTopOf(draft, seen);
  if (text === untouched) return untouched;
  const head = [
    `This is your draft of ${shortSpan(now - draft.at)} ago, not what the server has.`,
    ...met,
    'To drop it, empty this file and save.',
  ];
  // Keys and values are a server's: none of them begins a line of its own.
  return head.map((line) => `${mark}${clean(line)}\n`).join('') + text;
}

/** The draft's text with what was changed on the server since, in so far as both go together. */
function onTopOf(draft: Draft, seen: Job): { text: string; met: string[] } {
  const base = baseOf(draft);
  const text = withoutHead(draft.text);
  const theirs = changedSince(draft, seen);
  if (base === null || theirs.length === 0) return { text, met: [] };
  const read = jobFromYaml(text, base);
  if ('errors' in read) {
    const met = `The job has changed since (${pathsOf(theirs)}); these changes are not in this file: the draft has errors.`;
    return { text, met: [met] };
  }
  const { merged, collisions } = mergeJobs(base, read.job, seen);
  const both = new Set(collisions.map(({ path }) => path));
  const taken = theirs.filter(({ path }) => !both.has(path));
  return {
    text: jobToYaml(merged),
    met: [
      ...(taken.length > 0
        ? [`The job has changed since; these changes are in this file: ${pathsOf(taken)}.`]
        : []),
      ...collisions.map(
        ({ path, before, after }) =>
          `Changed by both: ${path}. This file has yours, ${short(after)}; the server has ${short(before)}.`,
      ),
    ],
  };
}

/** What was changed on the server since the draft was made. */
export function changedSince(draft: Draft, seen: Job): FieldChange[] {
  const base = baseOf(draft);
  return base === null ? [] : diffJobs(base, seen);
}

/** The job that a draft was made from; null where the text of it is none. */
function baseOf({ base }: Draft): Job | null {
  try {
    const job = parseJson(base) as Job | null;
    return typeof job?.name === 'string' ? job : null;
  } catch {
    return null;
  }
}

const pathsOf = (changes: readonly FieldChange[]): string =>
  changes.map(({ path }) => path).join(', ');

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

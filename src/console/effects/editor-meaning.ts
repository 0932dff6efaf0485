/** What it means how an operator left the editor. */

import type { Draft } from '../../config/drafts.ts';
import { decoded, foreignLine } from '../../config/editor-files.ts';
import { jobFromYaml, jobToYaml } from '../../job/file/yaml.ts';
import type { Job } from '../../job/job.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { shortSpan } from '../../view/short.ts';
import type { Flash } from '../state/model.ts';
import { changedSince, isBlank, withoutHead } from './editor-text.ts';

/** How it was left. */
export interface End {
  readonly seen: Job;
  readonly draft: Draft | undefined;
  /** The text that the editor was given. */
  readonly given: string;
  /** What is in its file now; null when there is none. */
  readonly bytes: Uint8Array | null;
  /** Why the editor failed, in words. */
  readonly failure: string | null;
  /** It ended sooner than anybody reads. */
  readonly quick: boolean;
  readonly now: number;
}

export interface Meaning {
  /** What is kept for the next time; null for nothing. */
  readonly draft: Draft | null;
  /** The job that was meant; null where there is nothing to write. */
  readonly wanted: Job | null;
  readonly said: Flash | null;
  /** The editor may still have the file open in a window of its own. */
  readonly keepFile: boolean;
}

export function meaningOf({ seen, draft, given, bytes, failure, quick, now }: End): Meaning {
  const before = draft ?? null;
  if (bytes === null) return told(before, 'error', failure ?? gone);
  const text = decoded(bytes);
  const saved = text !== given;
  const body = withoutHead(text);
  const at = saved ? now : (draft?.at ?? now);
  const newest: Draft = { text: body, base: stringifyJson(seen), at };
  if (failure !== null)
    return saved ? told(newest, 'error', failure + reopens) : told(before, 'error', failure);
  const keepFile = quick && !saved;
  if (isBlank(body)) return told(null, 'info', draft === undefined ? leftAlone : dropped);
  if (body === jobToYaml(seen))
    return { ...told(null, 'info', keepFile ? windowOpened : 'nothing was changed'), keepFile };
  const foreign = foreignLine(bytes);
  if (foreign !== null) {
    const where = foreign.line === 0 ? 'the file' : `line ${foreign.line}`;
    const what = `${where} is not UTF-8 text; it looks like ${foreign.encoding}. Save it as UTF-8`;
    return told(newest, 'error', what + reopens);
  }
  const read = jobFromYaml(body, seen);
  if ('errors' in read) {
    const [first] = read.errors;
    const more = read.errors.length > 1 ? `, and ${read.errors.length - 1} more` : '';
    // Lines are counted as the editor shows them.
    const line = (first?.line ?? 1) + text.split('\n').length - body.split('\n').length;
    return told(newest, 'error', `line ${line}: ${first?.message}${more}${reopens}`);
  }
  const how =
    draft && changedSince(draft, seen).length > 0 ? 'with the changes made since' : 'unchanged';
  const old = `this is your draft of ${shortSpan(now - at)} ago, ${how}`;
  const said: Flash | null = saved ? null : { level: 'info', text: old };
  return { draft: newest, wanted: read.job, said, keepFile };
}

const told = (draft: Draft | null, level: Flash['level'], text: string): Meaning => ({
  draft,
  wanted: null,
  said: { level, text },
  keepFile: false,
});

const reopens = '; your text is kept: e opens it again';
const gone =
  'the file does not exist after the editor closed; nothing was changed: e opens the job again';
const leftAlone = 'the file was empty: the job did not change';
const dropped = 'the file was empty: the draft is dropped, the job did not change';
const windowOpened =
  'nothing was saved yet. An editor with a window needs --wait: VISUAL="code --wait"; e opens what it saves later';

/** What is wrong with a job: one shape, whichever check finds it and whichever door tells it. */
import type { SettingKind } from '../executors.ts';

/**
 * `error`: Dkron refuses the job, or running it would break others. `warning`: Dkron takes it, and
 * it will not do what it seems to say. `note`: it does what it says, and that has a consequence to be
 * known; nothing is coloured by it.
 */
export type Level = 'error' | 'warning' | 'note';

/** Something wrong with a job, before it is sent. */
export interface Finding {
  /** Which check says it; a name for programs, which stays when the words change. */
  readonly rule: Rule;
  readonly level: Level;
  /** As in a diff: `executor_config.timeout`. */
  readonly path: string;
  /** A sentence without its subject's name, which is the path. Never holds a body or a value of a header. */
  readonly text: string;
  /** What could stand there instead, where that is known. */
  readonly fix?: string;
}

/** Settings whose text has a form; headers have rules of their own. */
type FormedKind = Exclude<SettingKind, 'text' | 'script' | 'headers'>;

export type Rule = JobRule | ListRule | TtlRule | TimesRule | WritingRule;

/** What is seen only beside a table of how long what a job fetches is kept: ttl.ts. */
export type TtlRule = 'ttl-soft' | 'ttl-hard' | 'ttl-stale';

/** What is seen only beside how long its runs took: run-times.ts. */
export type TimesRule = 'overrun';

/** What is seen only where all jobs of a server are looked at together: among.ts. */
export type ListRule =
  /** Dkron would start a job that is not there: those behind it in its list are not started. */
  | 'dependent-phantom'
  | 'dependent-twice'
  | 'dependent-lost'
  /** Deleting it deletes what others have run, too. */
  | 'name-prefix';

/** What is seen only where a job is about to be written (plan/consequences.ts). */
export type WritingRule =
  /** The `next` that Dkron shows is not when it runs. */
  | 'next-shown'
  | 'counters-lost'
  | 'owner-rewritten'
  /** A copy under another name runs, and so does what it is a copy of. */
  | 'runs-beside';

/** What is wrong with a job by itself, on a server. */
export type JobRule =
  | ScheduleRule
  | HeaderRule
  | `setting-${FormedKind}`
  /** A value of a kind that Dkron's decoder does not take there. */
  | 'shape'
  /** The server is older than the field, and ignores it. */
  | 'too-old'
  /** What a server drops or changes without a word: kept.ts. */
  | 'field-unknown'
  | 'field-case'
  | 'count-cut'
  | 'not-unicode'
  | 'name'
  | 'parent-itself'
  | 'parent-missing'
  | 'parent-circle'
  | 'parent-disabled'
  | 'concurrency'
  | 'expired'
  /** Between `starts_at` and `expires_at` it never runs. */
  | 'window'
  /** Once it succeeds it is gone, though its schedule goes on. */
  | 'ephemeral'
  /** A run that hangs lasts longer than until the next. */
  | 'timeout-gap'
  /** `forbid`, and what never ends. */
  | 'forbid-stuck'
  | 'hangs'
  | 'processor-unknown'
  /** No node that is alive is chosen by the tags, or fewer than they ask for: tags.ts. */
  | 'tags-nowhere'
  | 'tags-few'
  | 'tag-count'
  | 'executor-missing'
  | 'executor-unknown'
  | 'setting-missing'
  | 'setting-unknown'
  | 'http-url'
  | 'http-any-status'
  | 'http-content-type'
  /** Who else can read what it sends, or what stands in it. */
  | 'http-plain'
  | 'tls-unverified'
  | 'secret-in-clear'
  /** `;`, `|`, `>` and their kin do nothing without a shell. */
  | 'shell-words';

export type ScheduleRule =
  | 'schedule'
  | 'zone'
  | 'unused'
  | 'never'
  | 'zone-ignored'
  | 'either-day'
  | 'every-truncated'
  | 'every-raised'
  | 'phase'
  | 'past'
  | 'tilde-spaces'
  | 'tilde-step'
  | 'runs-twice'
  | 'clock-skips'
  | 'clock-twice'
  | 'clock-loses'
  | 'clock-strays';

export type HeaderRule =
  | 'headers-list'
  | 'header-colon'
  | 'header-name'
  | 'header-control'
  | 'header-cut'
  | 'header-own'
  | 'header-twice';

const finding =
  (level: Level) =>
  (rule: Rule, path: string, text: string, fix?: string): Finding =>
    fix === undefined ? { rule, level, path, text } : { rule, level, path, text, fix };

export const error = finding('error');
export const warning = finding('warning');
export const note = finding('note');

/** As a sentence begins with it. */
export const levelWords: Readonly<Record<Level, string>> = {
  error: 'Error',
  warning: 'Warning',
  note: 'Note',
};

/** From the worst on. */
export const levels: readonly Level[] = ['error', 'warning', 'note'];

export const isNote = ({ level }: Pick<Finding, 'level'>): boolean => level === 'note';

/** For a place that shows what it is about: `is not a duration: write 30s`. */
export const findingWords = ({ text, fix }: Pick<Finding, 'text' | 'fix'>): string =>
  fix === undefined ? text : `${text}; write ${fix}`;

/** For a place that does not: `executor_config.timeout: is not a duration: write 30s`. */
export const findingText = (found: Finding): string => `${found.path}: ${findingWords(found)}`;

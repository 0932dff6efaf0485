/** What one look of `doctor` found, in words. */
import { type ExitName, explain, type OperatorError } from '../../base/errors.ts';

/** `skipped`: not looked at, and why. */
export type Verdict = 'ok' | 'attention' | 'bad' | 'skipped';

/** What is looked at, in the order in which a request meets it. */
export type Subject =
  | 'address'
  | 'credentials'
  | 'proxy'
  | 'name'
  | 'connection'
  | 'TLS'
  | 'answer'
  | 'base path'
  | 'Dkron'
  | 'clock'
  | 'leader'
  | 'members'
  | 'paused'
  | 'jobs'
  | 'runs'
  | 'cluster'
  | 'write';

export interface Check {
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** What was found: a sentence without its full stop. */
  readonly says: string;
  /** What to do about it. */
  readonly next?: string;
  /** How a program ends whose first bad check it is. */
  readonly exit?: ExitName;
}

export const ok = (subject: Subject, says: string): Check => ({ subject, verdict: 'ok', says });

export const attention = (subject: Subject, says: string, next?: string): Check => ({
  subject,
  verdict: 'attention',
  says,
  ...(next === undefined ? {} : { next }),
});

export const skipped = (subject: Subject, says: string): Check => ({
  subject,
  verdict: 'skipped',
  says,
});

export const bad = (
  subject: Subject,
  says: string,
  next: string,
  exit: ExitName = 'unreachable',
): Check => ({ subject, verdict: 'bad', says, next, exit });

/** An error of the client's: what it says, without the address where that begins it. */
export function failed(subject: Subject, error: OperatorError, url: string): Check {
  const [message = '', ...advice] = explain(error);
  const says = message.startsWith(url) ? message.slice(url.length).replace(/^:? /, '') : message;
  return {
    subject,
    verdict: 'bad',
    says,
    exit: error.exit,
    ...(advice.length > 0 && { next: advice.join(' ') }),
  };
}

/** What is known of a change that may have been carried out and is not seen on the server. */
import { type OperatorError, OutcomeUnknown, ParentMissing } from '../../base/errors.ts';
import { type FieldChange, sameDefinition } from '../../job/compare.ts';
import type { Request } from './requests.ts';
import type { Sighting } from './reread.ts';

export interface Unseen {
  /** The server's name for people. */
  readonly url: string;
  readonly request: Pick<Request, 'before' | 'wanted'>;
  /** Why the server's answer is not known; undefined where it accepted the change. */
  readonly failure: OperatorError | undefined;
  readonly look: Sighting;
  /** From what was sent to what the server has. */
  readonly differs: readonly FieldChange[];
}

/** What happened to the request, what the server has now, and what to do. */
export function outcomeUnknown(unseen: Unseen): OutcomeUnknown {
  const { url, request, failure, look } = unseen;
  const seen = whatIsThere(unseen);
  if (failure instanceof ParentMissing) return halfStored(unseen, failure);
  if (failure !== undefined)
    return new OutcomeUnknown(failure.message, {
      data: [failure.data, seen].filter(Boolean).join(' '),
      ...(failure.next === undefined ? {} : { next: failure.next }),
      cause: failure,
    });
  const unread = look.now === undefined;
  const change = request.wanted === null ? 'deletion' : 'change';
  const then = unread ? 'and could not be read again' : 'but does not show it';
  return new OutcomeUnknown(`${url} accepted the ${change} ${then}`, {
    data: `${seen} ${unread ? 'Most likely it was carried out.' : `The ${change} may show later.`}`,
    next: 'Check the job before you send anything again.',
    ...(look.failure === undefined ? {} : { cause: look.failure }),
  });
}

/** The parent that the job left was gone: Dkron stored the job, and then stopped. */
function halfStored(unseen: Unseen, cause: ParentMissing): OutcomeUnknown {
  const { url, request, look } = unseen;
  const { name = '', parent_job: parent = '' } = request.wanted ?? {};
  const old = request.before?.job.parent_job;
  const lack =
    parent === '' ? 'Dkron did not schedule it' : `${parent} does not list it as a child`;
  const stored = `The job is there as it was sent, but ${lack}: it does not run.`;
  const again =
    parent === ''
      ? 'Disable it, then enable it again.'
      : `Give it no parent, then ${parent} again.`;
  return new OutcomeUnknown(
    `${url} found no parent ${old} any more when it was to take ${name} from it`,
    {
      data: look.holds ? stored : whatIsThere(unseen),
      next: look.holds ? again : 'Check the job before you send anything again.',
      cause,
    },
  );
}

function whatIsThere({ request: { before, wanted }, look, differs }: Unseen): string {
  const { now, failure } = look;
  if (now === undefined)
    return `Whether it was carried out could not be seen${failure ? `: ${failure.message}.` : '.'}`;
  if (now === null)
    return before === null ? 'The server has no such job.' : 'The server has no such job any more.';
  if (before !== null && sameDefinition(before.job, now.job))
    return 'The server still has the job as it was before.';
  const paths = wanted === null ? '' : `: ${differs.map(({ path }) => path).join(', ')}`;
  return `The job on the server differs from before and from what was sent${paths}; somebody else may have changed it.`;
}

/**
 * How a change is carried out, one or many together: journal, requests, re-reading until the
 * server shows them, journal. Nothing that may have happened is sent twice.
 */
import { randomUUID } from 'node:crypto';
import type { Pauses } from '../../base/clock.ts';
import { explain, OperatorError, OutcomeUnknown, ParentMissing } from '../../base/errors.ts';
import { changesOf, type FieldChange, sameDefinition } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import type { Journal, JournalEntry, JournalOutcome, Origin } from '../../journal/entry.ts';
import type { Dkron } from '../client.ts';
import type { Lanes } from './lanes.ts';
import type { Elsewhere } from './leader.ts';
import { outcomeUnknown } from './outcome-unknown.ts';
import type { Request } from './requests.ts';
import { lookAgain, type Next, type Sighting } from './reread.ts';
import type { Refusal, Unknown, Written } from './result.ts';
import { sendAll } from './sending.ts';

/** What there is to send with. */
export interface Sender {
  readonly client: Dkron;
  readonly journal: Journal;
  readonly clock: Pauses;
  readonly elsewhere: Elsewhere;
  readonly lanes: Lanes;
}

export interface SendOptions {
  /** What the journal calls all changes of one operation; each call is its own unless told. */
  readonly operation?: string;
  /** The name of the snapshot that was taken before the operation. */
  readonly safety?: string;
  /** What the operation is. */
  readonly origin?: Origin;
  /** Stops what has not been sent yet; what is on its way is waited for. */
  readonly signal?: AbortSignal;
  /** About how many jobs the server has. */
  readonly listed?: number;
  /** They belong to an operation on several jobs: what was not carried out waits for a leader. */
  readonly holds?: boolean;
  /** Called for each change that was dealt with: it was sent and answered, or will not be sent. */
  readonly onAnswer?: (() => void) | undefined;
  /** Told when the server does not answer any more and is waited for, to see what was written. */
  readonly onWait?: ((failure: OperatorError) => void) | undefined;
  /** Told of what is written next, where the re-reading shows it. */
  readonly following?: Next | undefined;
}

type Done = Written | Refusal | Unknown;

/** Gives the results in the order of the requests; those that the journal cannot note say so. */
export async function send(
  sender: Sender,
  requests: readonly Request[],
  options: SendOptions,
): Promise<Done[]> {
  const { client, journal, clock } = sender;
  const { operation = randomUUID() } = options;
  const safety = options.safety === undefined ? {} : { safety: options.safety };
  const time = (): string => new Date(clock.now()).toISOString();
  const entries = requests.map((request) =>
    entryOf(client, request, { operation, ...safety, ...options.origin, at: time() }),
  );
  try {
    await Promise.all(entries.map((entry) => journal.before(entry)));
  } catch (error) {
    if (error instanceof OperatorError) return requests.map(() => refused(notNoted(error)));
    throw error;
  }
  const results = await sendAndConfirm(sender, requests, options);
  return Promise.all(
    results.map((result, at) => noted(journal, outcomeOf(entries[at]!.id, time(), result), result)),
  );
}

/** What cannot be undone from a journal is not done. */
const notNoted = (cause: OperatorError): OperatorError =>
  new OperatorError(cause.message, {
    data: 'Nothing was sent, so nothing was changed: the journal must record a change first.',
    next: cause.next ?? 'Fix that, then try again.',
    cause,
  });

/** The change stays made even if the journal cannot record it: the disk may be full. */
async function noted(journal: Journal, outcome: JournalOutcome, result: Done): Promise<Done> {
  try {
    await journal.after(outcome);
    return result;
  } catch (error) {
    if (result.outcome !== 'written') return result;
    const [why] = explain(error);
    const unnoted = `the journal has it as "may have happened", and undo can take it back: ${why}`;
    return { ...result, unnoted };
  }
}

const entryOf = (
  client: Dkron,
  request: Request,
  about: Pick<JournalEntry, 'operation' | 'safety' | keyof Origin | 'at'>,
): JournalEntry => ({
  id: randomUUID(),
  ...about,
  server: client.url,
  job: request.name,
  action: request.wanted === null ? 'delete' : 'write',
  before: request.before?.text ?? null,
  sent: request.sent,
});

const outcomeOf = (id: string, at: string, result: Done): JournalOutcome =>
  result.outcome === 'written'
    ? { id, at, outcome: result.outcome, after: result.after?.text ?? null }
    : { id, at, outcome: result.outcome, error: result.error.message };

export const refused = (error: OperatorError): Refusal => ({ outcome: 'refused', error });

async function sendAndConfirm(
  sender: Sender,
  requests: readonly Request[],
  options: SendOptions,
): Promise<Done[]> {
  const { client, clock, elsewhere } = sender;
  const { holds = false } = options;
  const failures = await sendAll(requests, { ...sender, ...options, holds });
  const mayHaveHappened = requests.filter((request) => {
    const failure = failures.get(request);
    const isSure = failure !== undefined && !(failure instanceof OutcomeUnknown);
    return !isSure || mayBeHalf(request, failure);
  });
  const expected = mayHaveHappened.map(
    ({ name, before, wanted }) =>
      [name, (now: JobText | null) => arrived(before, wanted, now)] as const,
  );
  const isLost = [...failures.values()].some((failure) => failure instanceof OutcomeUnknown);
  const looking = { ...options, clock, isLost, elsewhere, next: options.following };
  const looks = await lookAgain(client, new Map(expected), looking);
  return requests.map((request) =>
    resultOf(client, request, failures.get(request), looks.get(request.name)),
  );
}

/**
 * Where the parent that a job leaves is gone, Dkron says that a parent is missing and has stored the job; it
 * stopped before it told the new parent and its scheduler (store.go SetJob).
 */
const mayBeHalf = ({ before, wanted }: Request, failure: OperatorError): boolean =>
  failure instanceof ParentMissing &&
  before !== null &&
  before.job.parent_job !== '' &&
  before.job.parent_job !== wanted?.parent_job;

function resultOf(
  client: Dkron,
  request: Request,
  failure: OperatorError | undefined,
  look: Sighting | undefined,
): Done {
  if (look === undefined) return refused(failure!);
  const { now } = look;
  const { before, wanted } = request;
  const isHalf = failure !== undefined && mayBeHalf(request, failure);
  if (isHalf && before && now && sameDefinition(before.job, now.job)) return refused(failure);
  if (look.holds && !isHalf) return { outcome: 'written', before, after: now ?? null };
  const differs = wanted && now ? changesOf(now.job, wanted).map(turned) : [];
  const error = outcomeUnknown({ url: client.url, request, failure, look, differs });
  return { outcome: 'unknown', error, now, differs };
}

const turned = ({ before, after, ...change }: FieldChange): FieldChange => ({
  ...change,
  before: after,
  after: before,
});

/** Whether the server shows what was written. */
export function arrived(before: JobText | null, wanted: Job | null, now: JobText | null): boolean {
  if (wanted === null || now === null) return wanted === now;
  const differs = changesOf(now.job, wanted);
  if (differs.length === 0) return true;
  // With access control Dkron puts the token's owner into every job that is saved (4.0.0).
  const onlyOwner = differs.every(({ path }) => path === 'owner');
  return onlyOwner && (before === null || !sameDefinition(before.job, now.job));
}

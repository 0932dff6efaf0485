/** The list of jobs, read as it arrives. */
import { NotDkron, ServerError, Unreachable, UnreadableJob } from '../base/errors.ts';
import { jobBounds, tooMuch } from '../job/bounds.ts';
import type { JobText } from '../job/job.ts';
import { sentenceOf, serverJob } from '../job/job-value.ts';
import { NotAnArray, scanArray } from '../json/array.ts';
import { parseJson } from '../json/numbers.ts';
import { answerError } from './answer-error.ts';
import { whyUnreachable } from './connection-error.ts';
import { notDkron, notDkronError } from './not-dkron.ts';
import type { Reply } from './wire.ts';

export interface ListHead {
  readonly whom: string | null;
  /** How many jobs the server announced; null before 3.1.0. */
  readonly total: number | null;
}

/** Told of a list while it comes. */
export interface ListWatch {
  /** Before the first job: the answering node, and how many jobs it announced. */
  readonly onHead?: (head: ListHead) => void;
  /** How many bytes came, as they come. */
  readonly onBytes?: (count: number) => void;
}

/**
 * The objects of a list answer, those of each chunk as soon as it is there. Throws when the list
 * does not end as it should: broken off, empty, or not as many as announced.
 */
export async function* readList(
  url: string,
  reply: Reply,
  { onHead, onBytes }: ListWatch = {},
): AsyncGenerator<Uint8Array[]> {
  if (reply.status !== 200) throw answerError(url, reply, await reply.text());
  if (notDkron(reply, '')) throw notDkronError(url, reply, '');
  const announced = reply.header('x-total-count');
  const total = announced === null ? null : Number(announced);
  onHead?.({ whom: reply.whom, total });
  const scanner = scanArray({ alike: true });
  let came = 0;
  let bytes = 0;
  /** How many bytes have come since the last job was whole. */
  let since = 0;
  try {
    for await (const chunk of reply.bytes) {
      bytes += chunk.length;
      onBytes?.(chunk.length);
      const objects = scanner.push(chunk);
      came += objects.length;
      since = objects.length > 0 ? 0 : since + chunk.length;
      const endless = whyEndless(came, total, since);
      if (endless !== undefined) throw noList(url, endless);
      yield objects;
    }
  } catch (error) {
    if (error instanceof NotAnArray) throw noList(url, error.message);
    if (error instanceof Unreachable) throw brokenOff(url, came, total, error);
    throw error;
  }
  // Dkron up to 4.0.5 answers 200 and nothing when its store fails (api.go jobsHandler).
  if (bytes === 0)
    throw new ServerError(`${url} answered the list of jobs with nothing`, {
      data: 'That is a failure of the server, not an empty list.',
      next: "The server's log may say why; try again.",
    });
  if (!scanner.closed) throw brokenOff(url, came, total);
  if (total !== null && came !== total)
    throw new Miscounted(`${url} announced ${announced} jobs and sent ${came}`, {
      data: 'The list may not be complete.',
      next: 'Try again. If it happens again, something between this machine and Dkron changes the answers.',
    });
}

/** More than any Dkron has; and than one has that is so old that it does not say how many come. */
const most = { announced: 1_000_000, unannounced: 100_000 };

/** Why what comes will never be a list of jobs; undefined as long as it may be. */
function whyEndless(came: number, total: number | null, since: number): string | undefined {
  if (total !== null && !(total <= most.announced)) return 'it announces more than a million jobs';
  const expected = total ?? most.unannounced;
  if (came > expected) return `it goes on after ${expected} jobs`;
  return since > jobBounds.bytes ? `nothing in it ends within ${megabytes}` : undefined;
}

const megabytes = `${jobBounds.bytes / 1_000_000} MB`;

const noList = (url: string, why: string): NotDkron =>
  new NotDkron(`${url} answered GET /v1/jobs with no list of jobs: ${why}`, {
    next: 'Check the address: another program may answer there.',
  });
/** A whole list of another length than its header says. */
export class Miscounted extends Unreachable {}

function brokenOff(url: string, came: number, total: number | null, cause?: Unreachable) {
  const of = total === null ? '' : ` of ${total}`;
  const why = cause ? `: ${whyUnreachable(cause)}` : '';
  return new Unreachable(`${url}: the list of jobs ended early, after ${came}${of}${why}`, {
    data: 'The list is not complete.',
    next: 'Try again.',
    cause,
  });
}

/** The text of a job of the list. */
export const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

/** The name as every Dkron writes it, at the front; "" where it stands otherwise. */
export const nameIn = (text: string): string =>
  /^\{(?:"id":"[^"\\]*",)?"name":"([^"\\]*)"/.exec(text)?.[1] ?? '';

/** A job from its text. Throws UnreadableJob, which names `url`. */
export function parseJob(url: string, text: string): JobText {
  const what = `${url} sent a job (${shownName(text)})`;
  const excess = tooMuch(text);
  if (excess !== undefined) throw new UnreadableJob(`${what} that ${excess}`);
  const read = serverJob(parseText(what, text));
  if ('job' in read) return { text, job: read.job };
  throw new UnreadableJob(`${what} that is not valid: ${sentenceOf(read.wrong)}`);
}

const shownName = (text: string): string =>
  nameIn(text).slice(0, 100) || 'its name is not the first field';

function parseText(what: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new UnreadableJob(`${what} that is not JSON`, { cause: error });
  }
}
